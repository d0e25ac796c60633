"use client";
import { enter } from "./enter";
import { FormError, PasswordField, SubmitButton, TextField } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

export function SignInForm({ next, email }: { next: string; email?: string }) {
  // A whole new page: nothing of what another person saw here stays in memory.
  const { form, submit, busy, ready, error } = useSubmit(enter, () => window.location.assign(next));
  return (
    <form
      ref={form}
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        const { email: address = "", password = "" } = readFields(event);
        submit({ email: address, password });
      }}
    >
      <FormError error={error} />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="username"
        defaultValue={email}
        autoFocus
        required
      />
      <PasswordField name="password" label="Password" autoComplete="current-password" required />
      <SubmitButton size="lg" busy={busy} ready={ready}>
        Sign in
      </SubmitButton>
    </form>
  );
}
