import type { Env } from "@/lib/env";
import type { AppError } from "@/lib/errors";
import type { Capability, Order, Outputs } from "./capability";

/** How much is ordered: what a price is multiplied with. */
export type OrderSize = {
  count?: number;
  durationSeconds?: number;
  references?: number;
} & Partial<Record<"megapixel" | "character" | "token" | "gpuSecond", number>>;

/** The name of its folder, and its line in the registry. */
export type ProviderId = string;

/** A provider's own handle on slow work. Plain JSON: it is stored, and adopted after a crash. */
export type Operation = {
  provider: ProviderId;
  id: string;
  model: string;
  capability: Capability;
  seed?: number;
  /** How much was ordered: what its price is multiplied with. */
  size?: OrderSize;
};

/** An order that has ended: its result, or why there is none. `costMicros` is what its provider bills, 0 where free. */
export type Ended =
  | { state: "succeeded"; outputs: Outputs; costMicros: number }
  /** Taken, and yet without a result: a refusal, an answer cut short. */
  | { state: "failed"; error: AppError; costMicros: number };

export type Begun =
  | Ended
  | { state: "accepted"; operation: Operation }
  /** Certainly not taken, and nothing billed: the only way to say so. */
  | { state: "declined"; error: AppError };

/** Sends exactly one request that may cost money. Whatever it throws means that nobody knows what became of it. */
export type Send = () => Promise<Begun>;

export type Looked =
  | { state: "running"; progress?: number }
  | Ended
  /** Taken and ended, but its result can never be had any more. */
  | { state: "gone"; error: AppError; costMicros: number };

export type BeginContext = {
  /** The generation's key: ours, unique, carried in the webhook URL and in user metadata where there is some. */
  key: string;
  /** Where the provider may announce that something moved; undefined while we are not reachable. */
  webhookUrl?: string;
  /** A folder of this generation's own for files made locally. Removed afterwards by the caller. */
  workFolder: string;
  signal: AbortSignal;
};

/**
 * What becomes of an order whose answer was lost (`answer_lost`: the request may have been taken):
 * `repeat` it (free and deterministic), `reconcile` by asking the provider what it took, or `ask` a person.
 */
export type AfterLostAnswer = "repeat" | "reconcile" | "ask";

/** What is counted for a price. */
export type Unit =
  | "call"
  | "picture"
  | "second"
  | "megapixel"
  | "character"
  | "token"
  | "reference"
  | "gpuSecond";

/** What an order costs: the sum of its parts, each in micro-dollars for one unit. Every price is an estimate. */
export type Price = { per: Unit; lowMicros: number; highMicros: number }[];

export type Model = {
  /** Unique over all providers, as `replicate:black-forest-labs/flux-schnell`. */
  id: string;
  provider: ProviderId;
  capability: Capability;
  label: string;
  /** One short line for the model picker. */
  note: string;
  price: Price;
  /** How long one order usually takes. */
  seconds: number;
  /** Seconds a film may last, where the model animates. */
  durations?: { min: number; max: number; only?: number[] };
  maxCount?: number;
  /** Offered no more since this day, but still read and priced; what takes its place, as a model id. */
  retired?: { since: string; successor: string };
};

/** Of these operation ids of one provider, those that belong to generations other than the one in question. */
export type FindTaken = (operationIds: string[]) => Promise<ReadonlySet<string>>;

export type ProviderCheck = { state: "ok" | "warn" | "fail" | "off"; detail: string; mend?: string };

/** How fast a provider may be asked: requests under way at once, and orders a minute (null: it does not mind). */
export type Limits = { atOnce: number; perMinute: number | null };

type NameOfText = { [N in keyof Env]-?: Env[N] extends string | undefined ? N : never }[keyof Env];

/** All there is to know of a provider before it is asked anything: the one place where it stands. */
export type Declaration = {
  id: ProviderId;
  label: string;
  /** The environment variable that carries its key; none: it needs none. */
  keyName?: NameOfText;
  /** Where its account is topped up. */
  billing?: string;
  afterLostAnswer: AfterLostAnswer;
  limits: Limits;
  /** From where its results may be fetched: `*.` is any subdomain; beside them the origin of its own base URL. */
  downloads?: { hosts: string[]; baseUrlName?: NameOfText };
  /** Where it announces that an order moved: the headers without which a webhook is refused unread. */
  webhook?: { signedWith: string[] };
  /** The best of a capability first. */
  models: Model[];
};

/** What is done with a provider. What is free and what may cost money are kept apart: only a `Send` spends. */
export type Actions = {
  /** All that is free: checks the order, hands its pictures over. Nothing has been ordered when it throws. */
  prepare(order: Order, context: BeginContext): Promise<Send>;
  /** Asks how an operation stands. Costs nothing and may be repeated. */
  look(operation: Operation, signal: AbortSignal): Promise<Looked>;
  /**
   * Finds what was taken under our key; null when certainly nothing was. Throws `answer_lost` when the provider's
   * list leaves it open (a person decides then). May wait some seconds to look twice. Only with `reconcile`.
   * `taken` tells which operations belong to other generations; without it only what carries our key counts.
   */
  reconcile?(
    key: string,
    order: Order,
    postedAt: Date,
    signal: AbortSignal,
    taken?: FindTaken,
  ): Promise<Operation | null>;
  cancel?(operation: Operation, signal: AbortSignal): Promise<void>;
  /** For the doctor, where it has its key: one harmless request that shows whether the key works. */
  check(signal: AbortSignal): Promise<ProviderCheck>;
  /** Throws `forbidden` for what is not truly the provider's. What a webhook says is a hint to look, never a result. */
  verifyWebhook?(headers: Headers, rawBody: string): Promise<{ deliveryId: string }>;
};

/** A provider. Errors are AppErrors. To cancel is nothing where it cannot be canceled. */
export type Provider = Declaration & Actions & Required<Pick<Actions, "cancel">> & { configured(): boolean };
