"use client";
import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useEffect, useRef, useState, useSyncExternalStore, useTransition } from "react";
import type { ActionError, ActionResult } from "@/lib/errors";

const UNREACHABLE: ActionError = {
  code: "internal",
  message: "Kinora could not be reached.",
  action: "Check the connection and try again. Nothing was changed.",
  retry: "later",
};

const never = () => () => undefined;

/** A form's way to its action: busy while it runs, then its error by field, the first of them focused. */
export function useSubmit<I, T>(
  action: (input: I) => Promise<ActionResult<T>>,
  onDone?: (value: T, input: I, form: HTMLFormElement | null) => void | Promise<void>,
) {
  const form = useRef<HTMLFormElement>(null);
  const [error, setError] = useState<ActionError | null>(null);
  const [busy, start] = useTransition();
  // Before React has taken over, a submit would be the browser's own and put the fields into the URL.
  const ready = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

  const submit = (input: I) =>
    start(async () => {
      const result = await settle(() => action(input));
      setError(result.ok ? null : result.error);
      if (result.ok) await onDone?.(result.value, input, form.current);
    });

  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);

  return { form, submit, busy, ready, error, fields: error?.fields ?? {} };
}

async function settle<T>(run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    return await run();
  } catch (thrown) {
    unstable_rethrow(thrown);
    return { ok: false, error: UNREACHABLE };
  }
}

/** The text fields of a form by name. */
export function readFields(event: FormEvent<HTMLFormElement>): Record<string, string> {
  event.preventDefault();
  const fields: Record<string, string> = {};
  for (const [name, value] of new FormData(event.currentTarget))
    if (typeof value === "string") fields[name] = value;
  return fields;
}
