"use client";
import type { ActionResult } from "@/lib/errors";
import { AccountFields } from "./account-fields";
import { ActionForm } from "./action-form";
import { enterWorkspace } from "./enter";

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
  return (
    <ActionForm
      action={action}
      read={({ name = "", email = "", password = "" }) => ({ token, name, email, password })}
      onDone={({ slug }, account) => enterWorkspace(slug, account)}
      button={{ size: "lg", children: `Join ${workspace}` }}
    >
      {(wrong) => <AccountFields wrong={wrong} passwordMinLength={passwordMinLength} />}
    </ActionForm>
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
  return (
    <ActionForm
      action={action}
      read={() => ({ token })}
      onDone={({ slug }) => window.location.assign(`/w/${slug}`)}
      button={{ size: "lg", children: `Join ${workspace}` }}
    />
  );
}
