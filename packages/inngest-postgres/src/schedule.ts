import type { TransactionSql } from "postgres";
import { newUlid } from "./events";
import { evaluateKey } from "./expression";
import type { EngineFunction } from "./functions";
import { type Listening, listenFor } from "./listening";
import type { EngineEvent } from "./protocol";
import { toKey, toWellFormed } from "./text";

export type NewRun = {
  id: string;
  fn_id: string;
  events: string;
  delay_ms: number;
  parent_run: string | null;
  parent_step: string | null;
  listeners: NewListener[];
};

type NewListener = { step_id: string; event_name: string; expires_ms: number | null } & Listening;

/** The run that an event starts: after its time has come, and its turn under the function's throttle. */
export async function schedule(
  tx: TransactionSql,
  fn: EngineFunction,
  event: EngineEvent,
  { delayMs = 0, parent }: { delayMs?: number; parent?: { runId: string; stepId: string } } = {},
): Promise<NewRun> {
  const { throttle } = fn;
  const key = throttle && toKey(`throttle:${fn.id}:${evaluateKey(throttle.key, event)}`);
  return {
    id: newUlid(),
    fn_id: fn.id,
    events: JSON.stringify([event]),
    delay_ms: Math.max(delayMs, throttle && key !== undefined ? await admit(tx, key, throttle) : 0),
    parent_run: parent?.runId ?? null,
    parent_step: parent?.stepId ?? null,
    listeners: fn.cancel.map((cancel, index) => ({
      step_id: `cancel:${index}`,
      event_name: toWellFormed(cancel.event),
      expires_ms: cancel.timeoutMs ?? null,
      ...listenFor(cancel.expression, event),
    })),
  };
}

/** Inserts runs, due after their delay, together with what can cancel them. */
export async function insertRuns(tx: TransactionSql, runs: NewRun[]): Promise<void> {
  if (runs.length === 0) return;
  await tx`
    with given as materialized (
      select r.*, clock_timestamp() + r.delay_ms * interval '1 millisecond' as due
      from json_to_recordset(${JSON.stringify(runs)}::text::json) as r (id text, fn_id text, events text, delay_ms float8,
        parent_run text, parent_step text)
    ), added as (
      insert into engine.run (id, fn_id, events, parent_run, parent_step, discover_at, wake_at)
      select id, fn_id, events, parent_run, parent_step, due, due from given returning id
    ) select pg_notify('engine', 'run') where exists (select from added)`;
  const listeners = runs.flatMap((run) => run.listeners.map((listener) => ({ ...listener, run_id: run.id })));
  if (listeners.length > 0) {
    await tx`
      with heard as (
        insert into engine.listener (run_id, step_id, kind, event_name, expression, match_path, match_key, expires_at)
        select l.run_id, l.step_id, 'cancel', l.event_name, l.expression, l.match_path, l.match_key,
          clock_timestamp() + l.expires_ms * interval '1 millisecond'
        from json_to_recordset(${JSON.stringify(listeners)}::text::json) as l (run_id text, step_id text, event_name text,
          expression text, match_path text, match_key text, expires_ms float8)
        returning event_name, match_path
      )
      insert into engine.listener_path select distinct event_name, match_path from heard on conflict do nothing`;
  }
}

/** How long a run has to wait for its turn, in milliseconds. */
async function admit(
  tx: TransactionSql,
  key: string,
  rate: { limit: number; burst: number; periodMs: number },
): Promise<number> {
  const [row] = await tx<{ ms: number }[]>`
    select engine.admit(${key}, ${rate.periodMs}::float8, ${rate.limit}, ${rate.burst}, true) as ms`;
  return row?.ms ?? 0;
}
