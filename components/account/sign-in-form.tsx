"use client";
import { ActionForm } from "./action-form";
import { enter } from "./enter";
import { PasswordField, TextField } from "./form-parts";

export function SignInForm({ next, email }: { next: string; email?: string }) {
  return (
    <ActionForm
      action={enter}
      read={({ email = "", password = "" }) => ({ email, password })}
      // A whole new page: nothing of what another person saw here stays in memory.
      onDone={() => window.location.assign(next)}
      noValidate={false}
      button={{ size: "lg", children: "Sign in" }}
    >
      {() => (
        <>
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
        </>
      )}
    </ActionForm>
  );
}
