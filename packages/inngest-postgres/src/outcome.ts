import type { Sql, TransactionSql } from "postgres";
import { newUlid, storeEvent } from "./events";
import { boundError, dataMemo, errorMemo, isTooLarge, tooLarge } from "./memo";
import { type EngineEvent, INTERNAL, type SerializedError } from "./protocol";

export type Outcome =
  | { state: "completed"; data: unknown }
  | { state: "failed"; error: SerializedError }
  | { state: "canceled"; reason: string };

type EndingRun = { id: string; fn_id: string; events: string };

/** Which internal events some function is triggered by: the others need not be stored. */
export type Wanted = (eventName: string) => boolean;

/**
 * Ends a run in one transaction: its state, the step of the run that invoked it, and the events of its end
 * (`inngest/function.failed`, which onFailure handlers are triggered by, `…cancelled` and `…finished`).
 * False when the run had ended, or `generation` no longer holds it.
 */
export async function endRun(
  sql: Sql | TransactionSql,
  run: EndingRun,
  generation: number | null,
  outcome: Outcome,
  wanted: Wanted,
): Promise<boolean> {
  if (outcome.state === "completed" && isTooLarge(JSON.stringify(outcome.data ?? null))) {
    return endRun(sql, run, generation, { state: "failed", error: tooLarge("function") }, wanted);
  }
  const output = outputOf(outcome);
  const memo = outcome.state === "completed" ? dataMemo(outcome.data) : errorMemo(errorOf(run, outcome));
  const events = eventsOfEnd(run, outcome).map((event) => ({ ...event, wanted: wanted(event.name) }));
  const [row] = await sql<{ ended: boolean }[]>`
    select engine.finish(${run.id}, ${generation}, ${outcome.state}, ${output}, ${memo},
      ${JSON.stringify(events)}::text::json) as ended`;
  return row?.ended ?? false;
}

function outputOf(outcome: Outcome): string {
  if (outcome.state === "completed") return JSON.stringify(outcome.data ?? null);
  return outcome.state === "failed"
    ? JSON.stringify(boundError(outcome.error))
    : JSON.stringify({ reason: outcome.reason });
}

function errorOf(run: EndingRun, outcome: Exclude<Outcome, { state: "completed" }>): SerializedError {
  if (outcome.state === "failed") return boundError(outcome.error);
  return { name: "Error", message: `The run ${run.id} was cancelled: ${outcome.reason}` };
}

const STATUS = { completed: "Completed", failed: "Failed", canceled: "Cancelled" } as const;

function eventsOfEnd(run: EndingRun, outcome: Outcome) {
  const events = JSON.parse(run.events) as EngineEvent[];
  const event = events[0];
  // The end of a handler of such an end says nothing: it could go round for ever.
  if (!event || event.name === INTERNAL.failed || event.name === INTERNAL.finished) return [];
  const data = {
    function_id: run.fn_id,
    run_id: run.id,
    event,
    events,
    ...(outcome.state === "completed" ? { result: outcome.data ?? null } : { error: errorOf(run, outcome) }),
    _inngest: { status: STATUS[outcome.state] },
  };
  const finished = storeEvent({ name: INTERNAL.finished, data }, newUlid());
  if (outcome.state === "completed") return [finished];
  const name = outcome.state === "failed" ? INTERNAL.failed : INTERNAL.canceled;
  return [finished, storeEvent({ name, data }, newUlid(), run.id)];
}
