/** The part of Inngest's executor protocol (v2 of the request, SDK v4) that this engine speaks. */

/** An event as functions receive it. `ts` is in milliseconds since 1970. */
export type EngineEvent = {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  user?: Record<string, unknown>;
  v?: string;
  meta?: unknown;
};

export type SerializedError = {
  name: string;
  message: string;
  stack?: string;
  cause?: unknown;
  [key: string]: unknown;
};

/** What a call of the serve handler reports. `id` is the SHA-1 of the step's id. */
export type Op = {
  id: string;
  op: string;
  name?: string;
  displayName?: string;
  opts?: Record<string, unknown>;
  data?: unknown;
  error?: SerializedError;
};

/** One result of a call of the serve handler. */
export type Answer =
  | { kind: "finished"; data: unknown }
  | { kind: "ops"; ops: Op[]; retryAfter?: string; noRetry: boolean }
  | { kind: "failed"; error: SerializedError; retryAfter?: string; noRetry: boolean };

type Keyed = { key?: string };

/** A function's configuration as the serve handler registers it. Durations are strings such as "1h30m". */
export type FunctionConfig = {
  id: string;
  name?: string;
  triggers: ({ event: string; expression?: string } | { cron: string; jitter?: string })[];
  steps: Record<string, { retries?: { attempts?: number } }>;
  throttle?: Keyed & { limit: number; period: string; burst?: number };
  cancel?: { event: string; if?: string; timeout?: string }[];
  concurrency?: number | ConcurrencyOption | ConcurrencyOption[];
};

export type ConcurrencyOption = Keyed & { limit: number; scope?: "fn" | "env" | "account" };

export const INTERNAL = {
  invoked: "inngest/function.invoked",
  failed: "inngest/function.failed",
  finished: "inngest/function.finished",
  canceled: "inngest/function.cancelled",
  timer: "inngest/scheduled.timer",
} as const;

/** Inngest's limits, kept here so that a pipeline that works on this engine works there. */
export const LIMITS = {
  steps: 1000,
  stepOutputBytes: 4 * 1024 * 1024,
  runStateBytes: 32 * 1024 * 1024,
  eventBytes: 512 * 1024,
  /** Of an event's name, in UTF-16 code units. */
  nameLength: 512,
  /** Of one text of an error: message, stack. */
  errorLength: 64 * 1024,
  /** Of a sleep, and of the timeout of a wait. */
  waitMs: 366 * 86_400_000,
  defaultAttempts: 4,
} as const;

/** What the engine logs to; pino fits. */
export type Log = Record<"debug" | "info" | "warn" | "error", (fields: object, message: string) => void>;
