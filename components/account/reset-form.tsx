"use client";
import type { ActionResult } from "@/lib/errors";
import { enter } from "./enter";
import { FormError, PasswordField, SubmitButton } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

type ResetInput = { token: string; password: string };

/** A new password for somebody who holds a link; it signs them in. */
export function ResetForm({
  token,
  email,
  minLength,
  action,
}: {
  token: string;
  email: string;
  minLength: number;
  action: (input: ResetInput) => Promise<ActionResult<{ email: string }>>;
}) {
  const { form, submit, busy, ready, error, fields } = useSubmit(action, async (account, { password }) => {
    const entered = await enter({ ...account, password });
    window.location.assign(entered.ok ? "/" : "/sign-in");
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        const { password = "" } = readFields(event);
        submit({ token, password });
      }}
    >
      <FormError error={error} />
      {/* For the browser's own list of passwords. */}
      <input type="text" name="email" value={email} autoComplete="username" readOnly hidden />
      <PasswordField
        name="password"
        label="New password"
        hint={`${minLength} characters or more. All your browsers will be signed out.`}
        error={fields.password}
        autoComplete="new-password"
        autoFocus
        required
      />
      <SubmitButton size="lg" busy={busy} ready={ready}>
        Set the password
      </SubmitButton>
    </form>
  );
}
