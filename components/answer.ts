import type { ErrorRecord } from "@/lib/errors";

/** What a server action gives back. */
export type Answer<T> =
  | { ok: true; value: T }
  | { ok: false; error: ErrorRecord & { fields?: Record<string, string> } };
