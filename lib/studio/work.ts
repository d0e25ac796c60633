import type { Ask, Scope } from "./ask";
import type { Done } from "./standing";

/**
 * What a step of a pipeline does: asks of providers, and the step's result from what came back.
 * Both are pure look-ups that may run again at any time; the result holds ids and numbers only.
 */
export type Work<Input, Result> = {
  /** Asked once more, it shows something new: “New take” is offered. */
  repeatable?: boolean;
  /** Its orders are equals: where one of several gave nothing, the others are a result all the same. */
  fewerWillDo?: boolean;
  asks(scope: Scope, input: Input): Promise<Ask[]>;
  result(scope: Scope, input: Input, done: Done[]): Promise<Result>;
  /** What the result will probably be like, so that what comes after can be planned; its ids are nobody's. */
  forecast(input: Input): Result;
};
