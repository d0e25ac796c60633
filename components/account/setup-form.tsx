"use client";
import type { ActionResult } from "@/lib/errors";
import { enterWorkspace } from "./enter";
import { FormError, PasswordField, SubmitButton, TextField } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

export type SetupInput = { name: string; email: string; password: string; workspace: string; code?: string };

export function SetupForm({
  action,
  codeNeeded,
  passwordMinLength,
}: {
  action: (input: SetupInput) => Promise<ActionResult<{ slug: string }>>;
  codeNeeded: boolean;
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
        const { name = "", email = "", password = "", workspace = "", code } = readFields(event);
        submit({ name, email, password, workspace, code });
      }}
    >
      <FormError error={error} />
      {codeNeeded && (
        <TextField
          name="code"
          label="Setup code"
          hint="Printed in the terminal where Kinora was started."
          error={fields.code}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
          autoFocus
          required
        />
      )}
      <TextField
        name="name"
        label="Your name"
        error={fields.name}
        autoComplete="name"
        autoFocus={!codeNeeded}
        required
      />
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
      <TextField
        name="workspace"
        label="Workspace"
        hint="Your team’s name, or that of the studio."
        error={fields.workspace}
        autoComplete="organization"
        required
      />
      <SubmitButton size="lg" busy={busy} ready={ready}>
        Open the studio
      </SubmitButton>
    </form>
  );
}
