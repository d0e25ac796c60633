"use client";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { ActionResult } from "@/lib/errors";
import { FormError, SubmitButton } from "./form-parts";
import { readFields, useSubmit } from "./use-submit";

type Button = Omit<ComponentProps<typeof SubmitButton>, "busy" | "ready">;

/** A form whose fields, read by name, go to an action; what is wrong comes back to the field it is wrong in. */
export function ActionForm<I, T>({
  action,
  read,
  onDone,
  button,
  children,
  className,
  ...rest
}: Omit<ComponentProps<"form">, "action" | "children" | "onSubmit"> & {
  action: (input: I) => Promise<ActionResult<T>>;
  read: (sent: Record<string, string>) => I;
  onDone?: (value: T, input: I, form: HTMLFormElement | null) => void | Promise<void>;
  /** None where the visitor may look and not change. */
  button: Button | null;
  children?: (wrong: Record<string, string | undefined>) => ReactNode;
}) {
  const { form, submit, busy, ready, error, fields } = useSubmit(action, onDone);
  return (
    <form
      ref={form}
      method="post"
      noValidate
      className={cn("grid gap-4", className)}
      onSubmit={(event) => submit(read(readFields(event)))}
      {...rest}
    >
      <FormError error={error} />
      {children?.(fields)}
      {button && <SubmitButton busy={busy} ready={ready} {...button} />}
    </form>
  );
}
