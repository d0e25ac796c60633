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
  | { malformed: true }
  | { junk: Junk };

/** A web page in place of an answer; a list with entries that say nothing; a list that goes on at another host. */
export type Junk = "page" | "strangers" | "elsewhere";

/** What becomes of an order that was taken. */
export type FateFault = {
  /** How long it takes to make. */
  seconds?: number;
  /** It ends failed, with these words. */
  fail?: string;
  end?: "canceled" | "aborted";
  /** The provider's content rules forbid it. */
  refuse?: boolean;
  /** It succeeds, but its files cannot be had, or are none. */
  delivery?: Delivery;
  /** It succeeds without any file. */
  empty?: boolean;
  /** It succeeds, and has so many results fewer: null stands in their place. */
  nulls?: number;
  /** It ends under a word that no specification knows. */
  status?: string;
  /** It succeeded, and its provider has removed what it made. */
  removed?: boolean;
  /** All that is said of it is soiled, of the wrong type, or left out, but for what matters. */
  words?: Words;
  /** What a model writes in place of what was asked for. */
  text?: string;
  /** Tokens on the bill, where its provider counts them: so many times the usual, or no figure that could be right. */
  usage?: number | "none" | "absurd" | "negative";
  webhook?: WebhookManner;
};

export type Delivery = 404 | 410 | "another host" | "too large" | "circle" | "page";
export type Words = "dirty" | "odd" | "bare";

/** One line of the script: the next `times` requests (default 1) of this kind (default create) that match. */
export type Fault = {
  /** Under what name it is counted when it happens. */
  name?: string;
  provider?: ProviderName;
  on?: RequestKind;
  model?: string;
  /** A part of the prompt of the order that is meant. */
  prompt?: string;
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
  /** The prompt, or the address of the picture that was to be read. */
  subject: string;
  /** How many results are billed. */
  count: number;
  /** In micro-dollars, where the provider's answer tells it. */
  micros: number | null;
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
