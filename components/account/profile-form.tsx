"use client";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import { FormError, SubmitButton, TextField } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

export function ProfileForm({
  name,
  email,
  action,
}: {
  name: string;
  email: string;
  action: (input: { name: string }) => Promise<ActionResult<void>>;
}) {
  const { form, submit, busy, ready, error, fields } = useSubmit(action, () => {
    toast.done("Saved");
  });
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
        key={name}
        name="name"
        label="Name"
        defaultValue={name}
        error={fields.name}
        autoComplete="name"
        required
      />
      <TextField
        name="email"
        label="E-mail"
        value={email}
        readOnly
        disabled
        hint="You sign in with it. It cannot be changed here."
      />
      <SubmitButton variant="secondary" busy={busy} ready={ready} className="justify-self-start">
        Save
      </SubmitButton>
    </form>
  );
}
