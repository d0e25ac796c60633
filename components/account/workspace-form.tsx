"use client";
import { useRouter } from "next/navigation";
import type { ActionResult } from "@/lib/errors";
import { FormError, SubmitButton, TextField } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

/** Opens a further workspace. */
export function WorkspaceForm({
  action,
}: {
  action: (input: { name: string }) => Promise<ActionResult<{ slug: string }>>;
}) {
  const router = useRouter();
  const { form, submit, busy, ready, error, fields } = useSubmit(action, ({ slug }) =>
    router.push(`/w/${slug}`),
  );
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid max-w-md gap-4"
      onSubmit={(event) => submit({ name: readFields(event).name ?? "" })}
    >
      <FormError error={error} />
      <TextField
        name="name"
        label="Name"
        hint="A team, a client or a project. It gets its own wall, people and budget."
        error={fields.name}
        autoComplete="off"
        autoFocus
        required
      />
      <SubmitButton busy={busy} ready={ready} className="justify-self-start">
        Open workspace
      </SubmitButton>
    </form>
  );
}
