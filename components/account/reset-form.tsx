"use client";
import type { ActionResult } from "@/lib/errors";
import { NewPassword } from "./account-fields";
import { ActionForm } from "./action-form";
import { enter } from "./enter";

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
  return (
    <ActionForm
      action={action}
      read={({ password = "" }) => ({ token, password })}
      onDone={async (account, { password }) => {
        const entered = await enter({ ...account, password });
        window.location.assign(entered.ok ? "/" : "/sign-in");
      }}
      button={{ size: "lg", children: "Set the password" }}
    >
      {(wrong) => (
        <>
          {/* For the browser's own list of passwords. */}
          <input type="text" name="email" value={email} autoComplete="username" readOnly hidden />
          <NewPassword
            label="New password"
            minLength={minLength}
            hint="All your browsers will be signed out."
            error={wrong.password}
            autoFocus
          />
        </>
      )}
    </ActionForm>
  );
}
