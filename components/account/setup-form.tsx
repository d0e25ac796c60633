"use client";
import type { ActionResult } from "@/lib/errors";
import { AccountFields } from "./account-fields";
import { ActionForm } from "./action-form";
import { enterWorkspace } from "./enter";
import { TextField } from "./form-parts";

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
  return (
    <ActionForm
      action={action}
      read={({ name = "", email = "", password = "", workspace = "", code }): SetupInput => ({
        ...{ name, email, password, workspace, code },
      })}
      onDone={({ slug }, account) => enterWorkspace(slug, account)}
      button={{ size: "lg", children: "Open the studio" }}
    >
      {(wrong) => (
        <>
          {codeNeeded && (
            <TextField
              name="code"
              label="Setup code"
              hint="Printed in the terminal where Kinora was started."
              error={wrong.code}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className="font-mono"
              autoFocus
              required
            />
          )}
          <AccountFields wrong={wrong} passwordMinLength={passwordMinLength} autoFocus={!codeNeeded} />
          <TextField
            name="workspace"
            label="Workspace"
            hint="Your team’s name, or that of the studio."
            error={wrong.workspace}
            autoComplete="organization"
            required
          />
        </>
      )}
    </ActionForm>
  );
}
