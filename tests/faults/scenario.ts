import type { Ask, Done, OrderWork, Scope } from "@/lib/studio";
import type { Fault, ProviderName } from "../contract";

/** One thing that a step of a pipeline orders, and what comes of it. */
export type Scenario = {
  name: string;
  provider: ProviderName | "draft";
  /** The work of its n-th trial: no two are alike, so that none is taken for another. */
  work(n: number): Errand;
  /** How many files come into the library. */
  files: number;
  /** What the provider does all along, beside what breaks down on the way to it. */
  script?: Fault[];
  /** Its job fails once the order is accepted: the reconciler alone fetches it. */
  forgotten?: boolean;
};

/** The asks and the result of a step. */
export type Errand = {
  asks(scope: Scope): Promise<Ask[]>;
  result(scope: Scope, done: Done[]): Promise<unknown>;
};

/** A work with the input that it has in a trial. */
export function working<I, R>(work: OrderWork<I, R>, inputOf: (n: number) => I) {
  return (n: number): Errand => ({
    asks: (scope) => work.asks(scope, inputOf(n)),
    result: (scope, done) => work.result(scope, inputOf(n), done),
  });
}
