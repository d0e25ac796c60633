/**
 * Errors are thrown inside and converted at the doors. `message` is safe to show to the person who asked;
 * `action` says what to do next. Causes stay in the log.
 */
export type ErrorCode =
  | "bad_input"
  | "not_found"
  | "forbidden"
  | "signed_out"
  | "conflict"
  | "too_large"
  | "throttled"
  | "cap_reached"
  | "canceled"
  | "media_invalid"
  | "media_failed"
  | "disk_full"
  | "storage_failed"
  | "not_configured"
  | "provider_auth"
  | "provider_credit"
  | "provider_input"
  | "provider_refused"
  | "provider_throttled"
  | "provider_down"
  | "provider_failed"
  | "provider_answer"
  | "provider_expired"
  | "answer_lost"
  | "internal";

const HTTP_STATUS: Partial<Record<ErrorCode, number>> = {
  bad_input: 400,
  not_found: 404,
  forbidden: 403,
  signed_out: 401,
  conflict: 409,
  too_large: 413,
  throttled: 429,
  cap_reached: 402,
  media_invalid: 422,
  not_configured: 503,
  storage_failed: 503,
  disk_full: 507,
};

export type ErrorOptions = {
  /** What to do next, as a sentence. */
  action?: string;
  /** Whether trying again by itself can help. `never` stops retries. */
  retry?: "never" | "later";
  /** How long the other side asked us to wait. */
  retryAfterSeconds?: number;
  provider?: string;
  step?: string;
  /** Messages per form field. */
  fields?: Record<string, string>;
  cause?: unknown;
};

/** An error as kept on a job or step and shown to people. */
export type ErrorRecord = {
  code: ErrorCode;
  message: string;
  action?: string;
  provider?: string;
  step?: string;
  retry: "never" | "later";
};

/** An error on its way to a form. */
export type ActionError = ErrorRecord & { fields?: Record<string, string> };
/** What a server action answers: errors are values, so that a form can show them. */
export type ActionResult<T> = { ok: true; value: T } | { ok: false; error: ActionError };

const RETRIED: ReadonlySet<ErrorCode> = new Set([
  "throttled",
  "provider_throttled",
  "provider_down",
  "provider_answer",
  "storage_failed",
  "disk_full",
  "internal",
]);

export class AppError extends Error {
  override readonly name = "AppError";
  readonly action?: string;
  readonly retry: "never" | "later";
  readonly retryAfterSeconds?: number;
  readonly provider?: string;
  readonly step?: string;
  readonly fields?: Record<string, string>;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.action = options.action;
    this.retry = options.retry ?? (RETRIED.has(code) ? "later" : "never");
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.provider = options.provider;
    this.step = options.step;
    this.fields = options.fields;
  }

  get status(): number {
    return HTTP_STATUS[this.code] ?? 500;
  }
}

/** Any thrown value as an AppError; unknown ones become `internal` with the original as cause. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isErrno(thrown, "ENOSPC") || isErrno(thrown, "EDQUOT")) {
    return new AppError("disk_full", "The disk is full.", {
      action: "Free some space on the server, then press Retry. What is finished is kept.",
      cause: thrown,
    });
  }
  return new AppError("internal", "Something went wrong inside Kinora.", {
    action: "Press Retry. If it happens again, the server's log has the details.",
    cause: thrown,
  });
}

export function toRecord(thrown: unknown, step?: string): ErrorRecord {
  const error = toAppError(thrown);
  return {
    code: error.code,
    message: error.message,
    action: error.action,
    provider: error.provider,
    step: error.step ?? step,
    retry: error.retry,
  };
}

export function isErrno(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && (thrown as NodeJS.ErrnoException).code === code;
}

export function notFound(what: string): AppError {
  return new AppError("not_found", `This ${what} does not exist, or is not in your workspace.`);
}
