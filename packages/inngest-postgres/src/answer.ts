import type { Sql } from "postgres";
import { backoffMs } from "./backoff";
import { keepWhatCanBe } from "./checkpoint";
import { isPassing } from "./database-errors";
import type { Lease } from "./lease";
import { errorMemo, errorOf, memoOf } from "./memo";
import type { Outcome } from "./outcome";
import { plan, refusalOf } from "./plan";
import type { Answer, Op, SerializedError } from "./protocol";

/** What became of an answer: it is kept, the lease is no longer ours, or the run is to end. */
export type Verdict = "applied" | "stale" | Outcome;

export type Attempts = {
  /** Of the call that gave the answer, from 0. */
  attempt: number;
  max: number;
  /** Shrinks Inngest's back-off, for tests. */
  scale: number;
};

/** Acts on what a call to find steps reported. */
export async function applyDiscovery(
  sql: Sql,
  lease: Lease,
  answer: Answer,
  attempts: Attempts,
): Promise<Verdict> {
  if (answer.kind === "finished") return { state: "completed", data: answer.data };
  if (answer.kind === "failed") return tryAgain(sql, lease, null, answer.error, answer, attempts);

  const results = answer.ops.filter((op) => op.op === "StepRun" || op.op === "StepFailed");
  const failing = answer.ops.find((op) => op.op === "StepError");
  const complete = answer.ops.find((op) => op.op === "RunComplete");
  const rest = answer.ops.filter(
    (op) => !results.includes(op) && op !== failing && op !== complete && op.op !== "DiscoveryRequest",
  );
  if (results.length > 0 && (await keepOps(sql, lease, results)) === "stale") return "stale";
  const unknown = rest.map(refusalOf).find(Boolean);
  if (unknown) return { state: "failed", error: unknown };
  if (complete) return { state: "completed", data: complete.data };
  if (failing) return retryStep(sql, lease, null, failing, answer, attempts);
  if (rest.length === 0 && results.length > 0) return "applied";
  if (answer.ops.length === 0) {
    const error = { name: "Error", message: "The function neither ended nor named a next step." };
    return tryAgain(sql, lease, null, error, answer, attempts);
  }
  try {
    return rest.length === 0 || (await plan(sql, lease, rest)) ? "applied" : "stale";
  } catch (thrown) {
    if (isPassing(thrown)) throw thrown;
    const error = thrown as Error;
    return { state: "failed", error: { name: error.name, message: error.message } };
  }
}

/** Acts on what the call of one planned step reported. */
export async function applyStep(
  sql: Sql,
  lease: Lease,
  stepId: string,
  answer: Answer,
  attempts: Attempts,
): Promise<Verdict> {
  if (answer.kind === "finished") return { state: "completed", data: answer.data };
  if (answer.kind === "failed") return tryAgain(sql, lease, stepId, answer.error, answer, attempts);
  const op = answer.ops.find((candidate) => candidate.id === stepId);
  if (op?.op === "StepRun" || op?.op === "StepFailed") return keepOps(sql, lease, [op]);
  if (op?.op === "StepError") return retryStep(sql, lease, stepId, op, answer, attempts);
  const error = { name: "Error", message: `The function did not run the step it was asked for (${stepId}).` };
  return tryAgain(sql, lease, stepId, error, answer, attempts);
}

async function keepOps(sql: Sql, lease: Lease, ops: Op[]): Promise<Verdict> {
  const ids = ops.map((op) => op.id);
  const memos = ops.map((op) => memoOf(op).text);
  const kept = await keepWhatCanBe(sql, lease.id, lease.generation, ids, memos);
  return kept === null ? "stale" : "applied";
}

type Hints = { retryAfter?: string; noRetry: boolean };

/** A step that threw: another attempt, or after the last one its error as its result, for the function to catch. */
export async function retryStep(
  sql: Sql,
  lease: Lease,
  stepId: string | null,
  op: Op,
  hints: Hints,
  attempts: Attempts,
): Promise<Verdict> {
  if (hints.noRetry || attempts.attempt + 1 >= attempts.max) {
    const memo = errorMemo(errorOf(op));
    const kept = await keepWhatCanBe(sql, lease.id, lease.generation, [op.id], [memo]);
    return kept === null ? "stale" : "applied";
  }
  return pause(sql, lease, stepId, hints, attempts);
}

/** A call that failed outside of a step: another attempt, or after the last one the end of the run. */
async function tryAgain(
  sql: Sql,
  lease: Lease,
  stepId: string | null,
  error: SerializedError,
  hints: Hints,
  attempts: Attempts,
): Promise<Verdict> {
  if (hints.noRetry || attempts.attempt + 1 >= attempts.max) return { state: "failed", error };
  return pause(sql, lease, stepId, hints, attempts);
}

async function pause(
  sql: Sql,
  lease: Lease,
  stepId: string | null,
  { retryAfter }: Hints,
  { attempt, scale }: Attempts,
): Promise<Verdict> {
  const [row] = await sql<{ noted: boolean }[]>`
    select engine.retry(${lease.id}, ${lease.generation}, ${stepId}, ${attempt + 1},
      ${backoffMs(attempt, retryAfter, scale)}::float8) as noted`;
  return row?.noted ? "applied" : "stale";
}

/** The SDK stopped because a checkpoint was refused: there is nothing in its answer, what counts is in the database. */
export function isHalted(answer: Answer): boolean {
  return answer.kind === "failed" && answer.error.name === "StaleDispatchError";
}
