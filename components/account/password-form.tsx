"use client";
import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import { NewPassword } from "./account-fields";
import { ActionForm } from "./action-form";
import { PasswordField } from "./form-parts";

/** Changes the password, or sets the first one of somebody who has signed in with an identity provider so far. */
export function PasswordForm({
  hasPassword,
  minLength,
  action,
}: {
  hasPassword: boolean;
  minLength: number;
  action: (input: { current: string; password: string }) => Promise<ActionResult<void>>;
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={action}
      read={({ current = "", password = "" }) => ({ current, password })}
      onDone={(_, __, form) => {
        form?.reset();
        toast.done("Password changed. Your other browsers were signed out.");
        router.refresh();
      }}
      className="max-w-md"
      button={{
        variant: "secondary",
        className: "justify-self-start",
        children: hasPassword ? "Change password" : "Set a password",
      }}
    >
      {(wrong) => (
        <>
          {hasPassword && (
            <PasswordField
              name="current"
              label="Current password"
              error={wrong.current}
              autoComplete="current-password"
              required
            />
          )}
          <NewPassword
            label="New password"
            minLength={minLength}
            hint="Your other browsers will be signed out."
            error={wrong.password}
          />
        </>
      )}
    </ActionForm>
  );
}
