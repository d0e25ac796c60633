import type { Ask, Scope } from "./ask";
import type { Done } from "./standing";

/** What a step of a pipeline does: order from providers, or make on this machine. Its result holds ids and numbers only. */
export type Work<Input, Result> = OrderWork<Input, Result> | LocalWork<Input, Result>;

type AnyWork<Input, Result> = {
  /** Asked once more, it shows something new: “New take” is offered. */
  repeatable?: boolean;
  /** What the result will probably be like, so that what comes after can be planned; its ids are nobody's. */
  forecast(input: Input): Result;
};

/** Asks of providers, and the step's result from what came back. Both are look-ups that may run again at any time. */
export type OrderWork<Input, Result> = AnyWork<Input, Result> & {
  /** Its orders are equals: where one of several gave nothing, the others are a result all the same. */
  fewerWillDo?: boolean;
  asks(scope: Scope, input: Input): Promise<Ask[]>;
  result(scope: Scope, input: Input, done: Done[]): Promise<Result>;
};

/**
 * Makes files or figures on this machine: analyses, cuts, mixes, renders. Its files become assets once for what the step
 * depends on, however often it is repeated.
 */
export type LocalWork<Input, Result> = AnyWork<Input, Result> & {
  /** How long it usually takes. */
  seconds(input: Input): number;
  /** Writes into `folder`, which is gone afterwards; stops when `signal` aborts; tells its share, 0–1, as it goes. */
  make(input: Input, place: Workplace): Promise<Made>;
  result(scope: Scope, input: Input, made: { assetIds: string[]; data: unknown }): Promise<Result>;
};

export type Workplace = {
  scope: Scope;
  folder: string;
  signal: AbortSignal;
  progress(share: number): void;
};

/** What local work has made, in an order that is always the same. */
export type Made = {
  files: { path: string; filename: string; role: string; sourceIds?: string[] }[];
  data: unknown;
};

export function isLocal<I, R>(work: Work<I, R>): work is LocalWork<I, R> {
  return "make" in work;
}
