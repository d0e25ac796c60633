"use client";
import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ErrorNote } from "@/components/ui/error-note";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { ActionError } from "@/lib/errors";

type TextFieldProps = Omit<ComponentProps<"input">, "id"> & {
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string;
};

export function TextField({ name, label, hint, error, className, ...input }: TextFieldProps) {
  return (
    <Field id={`field-${name}`} label={label} hint={hint} error={error} className={className}>
      {(control) => <Input name={name} {...input} {...control} />}
    </Field>
  );
}

/** A password, hidden until the eye is pressed. */
export function PasswordField({ name, label, hint, error, ...input }: TextFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field id={`field-${name}`} label={label} hint={hint} error={error}>
      {(control) => (
        <div className="relative">
          <Input
            name={name}
            type={shown ? "text" : "password"}
            autoCapitalize="none"
            spellCheck={false}
            className="pr-10"
            {...input}
            {...control}
          />
          <button
            type="button"
            aria-label={shown ? "Hide the password" : "Show the password"}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-md text-ink-3 -outline-offset-2 hover:text-ink coarse:w-11"
          >
            {shown ? (
              <EyeOff aria-hidden="true" className="size-4" />
            ) : (
              <Eye aria-hidden="true" className="size-4" />
            )}
          </button>
        </div>
      )}
    </Field>
  );
}

/** What is wrong with the whole form; what is wrong with one field stands at the field. */
export function FormError({ error }: { error: ActionError | null }) {
  if (!error || (error.fields && Object.keys(error.fields).length > 0)) return null;
  return <ErrorNote message={error.message} action={error.action} />;
}

export function SubmitButton({
  ready,
  className,
  ...rest
}: ComponentProps<typeof Button> & { ready: boolean }) {
  return (
    <Button
      type="submit"
      variant="primary"
      disabled={!ready}
      className={cn(!ready && "disabled:opacity-100", className)}
      {...rest}
    />
  );
}
