import { AppError, toAppError } from "@/lib/errors";
import { type LogIds, logIds } from "@/lib/log";

/** What helps to find the place: ids and codes, never what people wrote. */
export type Tags = LogIds & { route?: string; kind?: string };
export type Reporter = { report(thrown: unknown, tags: Tags): void; stop(): Promise<void> };

const shared = globalThis as typeof globalThis & { kinoraReporter?: Reporter };

export function setReporter(reporter: Reporter | undefined): void {
  shared.kinoraReporter = reporter;
}

export function reporter(): Reporter | undefined {
  return shared.kinoraReporter;
}

const idsOf = new WeakMap<object, LogIds>();

/** Keeps the ids of the work that failed with its error, which is reported further out. Throws it again. */
export function rememberIds(thrown: unknown): never {
  if (thrown instanceof Error && !idsOf.has(thrown)) idsOf.set(thrown, logIds());
  throw thrown;
}

/** Tells the error tracker, where there is one, of an error that is ours: not one that was worded for people. */
export function reportUnexpected(thrown: unknown, tags: Tags = {}): void {
  if (toAppError(thrown).code !== "internal" || isAbort(thrown)) return;
  const ids = thrown instanceof Error ? idsOf.get(thrown) : undefined;
  // What `toAppError` said of it is the same for all.
  const error = thrown instanceof AppError ? (thrown.cause ?? thrown) : thrown;
  shared.kinoraReporter?.report(error, { ...logIds(), ...ids, ...tags });
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "AbortError";
}
