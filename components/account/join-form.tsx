"use client";
import type { ActionResult } from "@/lib/errors";
import { enterWorkspace } from "./enter";
import { FormError, PasswordField, SubmitButton, TextField } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

export type JoinInput = { token: string; name: string; email: string; password: string };

/** A new account for somebody who holds an invitation. */
export function JoinForm({
  token,
  workspace,
  action,
  passwordMinLength,
}: {
  token: string;
  workspace: string;
  action: (input: JoinInput) => Promise<ActionResult<{ slug: string }>>;
  passwordMinLength: number;
}) {
  const { form, submit, busy, ready, error, fields } = useSubmit(action, ({ slug }, account) =>
    enterWorkspace(slug, account),
  );
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        const { name = "", email = "", password = "" } = readFields(event);
        submit({ token, name, email, password });
      }}
    >
      <FormError error={error} />
      <TextField name="name" label="Your name" error={fields.name} autoComplete="name" autoFocus required />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        error={fields.email}
        autoComplete="username"
        required
      />
      <PasswordField
        name="password"
        label="Password"
        hint={`${passwordMinLength} characters or more. A short sentence is easy to remember.`}
        error={fields.password}
        autoComplete="new-password"
        required
      />
      <SubmitButton size="lg" busy={busy} ready={ready}>
        Join {workspace}
      </SubmitButton>
    </form>
  );
}

/** For somebody who is signed in already: one press. */
export function AcceptForm({
  token,
  workspace,
  action,
}: {
  token: string;
  workspace: string;
  action: (input: { token: string }) => Promise<ActionResult<{ slug: string }>>;
}) {
  const { form, submit, busy, ready, error } = useSubmit(action, ({ slug }) =>
    window.location.assign(`/w/${slug}`),
  );
  return (
    <form
      ref={form}
      method="post"
      className="grid gap-4"
      onSubmit={(event) => {
        readFields(event);
        submit({ token });
      }}
    >
      <FormError error={error} />
      <SubmitButton size="lg" busy={busy} ready={ready}>
        Join {workspace}
      </SubmitButton>
    </form>
  );
}
