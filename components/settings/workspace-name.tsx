"use client";
import { FormError, SubmitButton, TextField } from "@/components/account/form-parts";
import { readFields, useSubmit } from "@/components/account/use-submit";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";

export function WorkspaceName({
  name,
  action,
}: {
  name: string;
  action: (input: { name: string }) => Promise<ActionResult<void>>;
}) {
  const { form, submit, busy, ready, error, fields } = useSubmit(action, () => {
    toast.done("Renamed");
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid max-w-md gap-3"
      onSubmit={(event) => submit({ name: readFields(event).name ?? "" })}
    >
      <FormError error={error} />
      <div className="flex flex-wrap items-start gap-2">
        <TextField
          key={name}
          name="name"
          label="Name"
          hint="The address stays as it is, so that links keep working."
          defaultValue={name}
          error={fields.name}
          className="min-w-48 flex-1"
        />
        <SubmitButton variant="secondary" busy={busy} ready={ready} className="mt-6.5 h-9 coarse:h-11">
          Rename
        </SubmitButton>
      </div>
    </form>
  );
}
