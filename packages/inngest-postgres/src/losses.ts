import type { Lease } from "./lease";
import type { Answer, Op, SerializedError } from "./protocol";
import type { Pending, RunState } from "./state";

/** A run whose lease is lost so often without anything being known of it is given up. */
const MOST_LOSSES = 25;

/** What is said of a step (or a function) whose process ended, or stopped answering, in every attempt. */
export function lossError(what: string, attempts: number): SerializedError {
  const times = attempts === 1 ? "its only attempt" : `each of its ${attempts} attempts`;
  return {
    name: "LeaseLost",
    message: `The process that ran ${what} ended, or stopped answering, in ${times}.`,
  };
}

/** Planned steps that have had all their attempts: only leases lost bring them there. */
export function spentSteps(pending: Pending[], max: number): Pending[] {
  return pending.filter((p) => p.op === "StepPlanned" && p.attempt >= max);
}

/**
 * What to do where the call that finds steps has been lost in all its attempts. If it runs steps by itself, one of
 * them may be what ends the process: it is called once more to name it without running it (`ask`). Else, or when even
 * that was lost, the function itself is what does (`end`).
 */
export function judgeDiscovery(state: RunState, lease: Lease, max: number): "go on" | "ask" | "end" {
  if (lease.lost >= MOST_LOSSES) return "end";
  if (state.attempt < max) return "go on";
  return state.attempt > max || state.forcePlan ? "end" : "ask";
}

/** The step named by a call that was to run none; undefined when it stands for no single step. */
export function namedStep(answer: Answer): Op | undefined {
  if (answer.kind !== "ops" || answer.ops.length !== 1) return undefined;
  const [op] = answer.ops;
  return op?.op === "StepPlanned" ? op : undefined;
}
