"use client";
import { useRouter } from "next/navigation";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import { FormError, PasswordField, SubmitButton } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

/** Changes the password, or sets the first one of somebody who has signed in with GitHub or Google so far. */
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
  const { form, submit, busy, ready, error, fields } = useSubmit(action, () => {
    form.current?.reset();
    toast.done("Password changed. Your other browsers were signed out.");
    router.refresh();
  });
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className="grid max-w-md gap-4"
      onSubmit={(event) => {
        const { current = "", password = "" } = readFields(event);
        submit({ current, password });
      }}
    >
      <FormError error={error} />
      {hasPassword && (
        <PasswordField
          name="current"
          label="Current password"
          error={fields.current}
          autoComplete="current-password"
          required
        />
      )}
      <PasswordField
        name="password"
        label="New password"
        hint={`${minLength} characters or more. Your other browsers will be signed out.`}
        error={fields.password}
        autoComplete="new-password"
        required
      />
      <SubmitButton variant="secondary" busy={busy} ready={ready} className="justify-self-start">
        {hasPassword ? "Change password" : "Set a password"}
      </SubmitButton>
    </form>
  );
}
