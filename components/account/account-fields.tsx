"use client";
import { PasswordField, TextField } from "./form-parts";

type Wrong = Record<string, string | undefined>;

/** Who somebody new is: name, e-mail and the password they choose. */
export function AccountFields({
  wrong,
  passwordMinLength,
  autoFocus = true,
}: {
  wrong: Wrong;
  passwordMinLength: number;
  autoFocus?: boolean;
}) {
  return (
    <>
      <TextField
        name="name"
        label="Your name"
        error={wrong.name}
        autoComplete="name"
        autoFocus={autoFocus}
        required
      />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        error={wrong.email}
        autoComplete="username"
        required
      />
      <NewPassword
        label="Password"
        minLength={passwordMinLength}
        hint="A short sentence is easy to remember."
        error={wrong.password}
      />
    </>
  );
}

export function NewPassword({
  minLength,
  hint,
  ...field
}: {
  label: string;
  minLength: number;
  hint: string;
  error?: string;
  autoFocus?: boolean;
}) {
  return (
    <PasswordField
      name="password"
      hint={`${minLength} characters or more. ${hint}`}
      autoComplete="new-password"
      required
      {...field}
    />
  );
}
