export type ProviderName = "replicate" | "openai" | "leonardo";
export type RequestKind =
  | "create"
  | "look"
  | "list"
  | "cancel"
  | "upload"
  | "download"
  | "account"
  | "secret"
  | "models";
export type WebhookManner = "once" | "twice" | "late" | "forged" | "stale" | "never";

/** What goes wrong with the answer to one request. `taken` orders are accepted, and billed, all the same. */
export type AnswerFault =
  | { status: number; retryAfter?: string; body?: unknown; taken?: boolean }
  | { drop: "before-taken" | "after-taken" | "within-answer" }
  | { hang: "before-taken" | "after-taken" }
  | { malformed: true };

/** What becomes of an order that was taken. */
export type FateFault = {
  /** How long it takes to make. */
  seconds?: number;
  /** It ends failed, with these words. */
  fail?: string;
  end?: "canceled" | "aborted";
  /** The provider's content rules forbid it. */
  refuse?: boolean;
  /** It succeeds, but its files are gone. */
  expire?: boolean;
  /** It succeeds without any file. */
  empty?: boolean;
  webhook?: WebhookManner;
};

/** One line of the script: the next `times` requests (default 1) of this kind (default create) that match. */
export type Fault = {
  provider?: ProviderName;
  on?: RequestKind;
  model?: string;
  times?: number;
  answer?: AnswerFault;
  fate?: FateFault;
};

/** An order as a provider keeps it. Its state follows from the time, so it survives a restart. */
export type Order = {
  id: string;
  provider: ProviderName;
  model: string;
  input: Record<string, unknown>;
  /** Ours, from the webhook URL. */
  key: string | null;
  webhook: string | null;
  kind: "picture" | "film" | "text";
  count: number;
  durationSeconds: number;
  ratio: string;
  createdAt: string;
  seconds: number;
  fate: FateFault;
  canceledAt?: string;
};

export type Charge = {
  orderId: string;
  provider: ProviderName;
  model: string;
  key: string | null;
  /** Equal for orders of the same model with the same input. */
  inputHash: string;
  at: string;
};

export type RecordedRequest = {
  at: string;
  provider: ProviderName;
  kind: RequestKind;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: unknown;
};

export type RequestFilter = { provider?: ProviderName; kind?: RequestKind };

/** An answer as a handler gives it. */
export type Answer = { status: number; json?: unknown; bytes?: Buffer; headers?: Record<string, string> };

/** A request that the provider would not accept. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code = "invalid_request",
  ) {
    super(message);
  }
}
