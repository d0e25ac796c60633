import { createHash } from "node:crypto";
import type { TransactionSql } from "postgres";
import { newUlid } from "./events";
import { compile, evaluate, evaluateKey, findMatch, follow, type Path } from "./expression";
import type { EngineFunction } from "./functions";
import { endRun, type Wanted } from "./outcome";
import type { EngineEvent } from "./protocol";

export type NewRun = {
  id: string;
  fn_id: string;
  events: string;
  priority: number;
  delay_ms: number;
  singleton: string | null;
  start_ms: number | null;
  finish_ms: number | null;
  parent_run: string | null;
  parent_step: string | null;
  listeners: NewListener[];
};

type NewListener = { step_id: string; event_name: string; expires_ms: number | null } & Listening;
/** An expression as a listener stores it: what can be looked up by an index, and the whole to check. */
export type Listening = { expression: string | null; match_path: string; match_key: string };

export type ScheduleOptions = {
  parent?: { runId: string; stepId: string };
  /** The debounce period is over: this is the event it kept. */
  debounced?: boolean;
};

/**
 * Passes an event through a function's flow control, in Inngest's order: idempotency, rate limit, debounce,
 * singleton, throttle, priority. Returns the run to insert, or why there is none.
 */
export async function schedule(
  tx: TransactionSql,
  fn: EngineFunction,
  event: EngineEvent,
  wanted: Wanted,
  options: ScheduleOptions = {},
): Promise<NewRun | { skipped: string }> {
  const keyed = (kind: string, key: string | undefined) => `${kind}:${fn.id}:${evaluateKey(key, event)}`;
  if (!options.debounced) {
    if (fn.idempotency && !(await isFirst(tx, keyed("idempotency", fn.idempotency)))) {
      return { skipped: "idempotency" };
    }
    if (fn.rateLimit && (await admit(tx, keyed("rate", fn.rateLimit.key), fn.rateLimit, false)) < 0) {
      return { skipped: "rateLimit" };
    }
    if (fn.debounce) {
      await debounce(tx, fn, keyed("debounce", fn.debounce.key), event, fn.debounce);
      return { skipped: "debounce" };
    }
  }
  const singleton = fn.singleton ? evaluateKey(fn.singleton.key, event) : null;
  if (fn.singleton && singleton !== null && !(await makeRoom(tx, fn, singleton, wanted))) {
    return { skipped: "singleton" };
  }
  const delay = fn.throttle ? await admit(tx, keyed("throttle", fn.throttle.key), fn.throttle, true) : 0;
  return {
    id: newUlid(),
    fn_id: fn.id,
    events: JSON.stringify([event]),
    priority: priorityOf(fn, event),
    delay_ms: delay,
    singleton,
    start_ms: fn.startMs ?? null,
    finish_ms: fn.finishMs ?? null,
    parent_run: options.parent?.runId ?? null,
    parent_step: options.parent?.stepId ?? null,
    listeners: fn.cancel.map((cancel, index) => ({
      step_id: `cancel:${index}`,
      event_name: cancel.event,
      expires_ms: cancel.timeoutMs ?? null,
      ...listenFor(cancel.expression, event),
    })),
  };
}

/** Inserts runs, due after their delay, together with what can cancel them. */
export async function insertRuns(tx: TransactionSql, runs: NewRun[]): Promise<void> {
  if (runs.length === 0) return;
  await tx`
    with added as (
    insert into engine.run (id, fn_id, events, priority, singleton, finish_ms, deadline_at, parent_run, parent_step,
      discover_at, wake_at)
    select r.id, r.fn_id, r.events, r.priority, r.singleton, r.finish_ms,
      clock_timestamp() + r.start_ms * interval '1 millisecond', r.parent_run, r.parent_step,
      clock_timestamp() + r.delay_ms * interval '1 millisecond', clock_timestamp() + r.delay_ms * interval '1 millisecond'
    from json_to_recordset(${JSON.stringify(runs)}::text::json) as r (id text, fn_id text, events text, priority int,
      singleton text, start_ms float8, finish_ms bigint, delay_ms float8, parent_run text, parent_step text)
    returning id
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

export function listenFor(source: string | undefined, event: unknown): Listening {
  if (source === undefined) return { expression: null, match_path: "", match_key: "" };
  const match = findMatch(compile(source));
  if (!match) return { expression: source, match_path: "", match_key: "" };
  return {
    expression: source,
    match_path: JSON.stringify(match.async),
    match_key: matchKey(follow(event, match.event)),
  };
}

/** A value as listeners are found by; a missing one counts as null, and the whole expression decides. */
export function matchKey(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text.length <= 100 ? text : createHash("sha256").update(text).digest("hex");
}

export function parsePath(matchPath: string): Path {
  return JSON.parse(matchPath) as Path;
}

function priorityOf(fn: EngineFunction, event: EngineEvent): number {
  if (!fn.priority) return 0;
  const value = evaluate(compile(fn.priority), { event });
  return typeof value === "number" ? Math.max(-600, Math.min(600, Math.round(value))) : 0;
}

async function isFirst(tx: TransactionSql, key: string): Promise<boolean> {
  const rows = await tx`
    insert into engine.once values (${key}, clock_timestamp() + interval '24 hours')
    on conflict (key) do update set expires_at = excluded.expires_at where engine.once.expires_at < clock_timestamp()
    returning key`;
  return rows.length > 0;
}

type Rate = { limit: number; burst: number; periodMs: number };

async function admit(tx: TransactionSql, key: string, rate: Rate, wait: boolean): Promise<number> {
  const [row] = await tx<{ ms: number }[]>`
    select engine.admit(${key}, ${rate.periodMs}::float8, ${rate.limit}, ${rate.burst}, ${wait}) as ms`;
  return row?.ms ?? 0;
}

async function debounce(
  tx: TransactionSql,
  fn: EngineFunction,
  key: string,
  event: EngineEvent,
  { periodMs, timeoutMs }: { periodMs: number; timeoutMs?: number },
): Promise<void> {
  await tx`
    insert into engine.timer (key, kind, fn_id, due_at, last_at, body)
    values (${key}, 'debounce', ${fn.id}, clock_timestamp() + ${periodMs}::float8 * interval '1 millisecond',
      clock_timestamp() + ${timeoutMs ?? null}::float8 * interval '1 millisecond', ${JSON.stringify(event)})
    on conflict (key) do update set body = excluded.body, due_at = least(excluded.due_at, engine.timer.last_at)`;
  await tx`select pg_notify('engine', 'timer')`;
}

/** Whether a singleton may start: none of its key is running, or the one that was is cancelled for it. */
async function makeRoom(
  tx: TransactionSql,
  fn: EngineFunction,
  key: string,
  wanted: Wanted,
): Promise<boolean> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`singleton:${fn.id}:${key}`}, 7))`;
  const running = await tx<{ id: string; fn_id: string; events: string }[]>`
    select id, fn_id, events from engine.run
    where fn_id = ${fn.id} and singleton = ${key} and state = 'running' order by id`;
  if (running.length > 0 && fn.singleton?.mode === "skip") return false;
  for (const run of running) {
    await endRun(tx, run, null, { state: "canceled", reason: "a newer run of this singleton began" }, wanted);
  }
  return true;
}
