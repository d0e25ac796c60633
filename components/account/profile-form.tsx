"use client";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import { ActionForm } from "./action-form";
import { TextField } from "./form-parts";

export function ProfileForm({
  name,
  email,
  action,
}: {
  name: string;
  email: string;
  action: (input: { name: string }) => Promise<ActionResult<void>>;
}) {
  return (
    <ActionForm
      action={action}
      read={({ name = "" }) => ({ name })}
      onDone={() => void toast.done("Saved")}
      className="max-w-md"
      button={{ variant: "secondary", className: "justify-self-start", children: "Save" }}
    >
      {(wrong) => (
        <>
          <TextField
            key={name}
            name="name"
            label="Name"
            defaultValue={name}
            error={wrong.name}
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
        </>
      )}
    </ActionForm>
  );
}
