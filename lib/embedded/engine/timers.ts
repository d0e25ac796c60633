import type { Sql, TransactionSql } from "postgres";
import { newUlid, storeEvent } from "./events";
import { nextTick } from "./functions";
import { endRun } from "./outcome";
import { type EngineEvent, INTERNAL } from "./protocol";
import { type Registry, readInvocation } from "./route";
import { insertRuns, schedule } from "./schedule";

type Timer = { key: string; kind: "cron" | "debounce"; fn_id: string; body: string };

/** Enters the crons of the registered functions, and forgets those that are no more. */
export async function enterCrons(sql: Sql, registry: Registry): Promise<void> {
  const crons = [...registry.functions.values()].flatMap((fn) =>
    fn.crons.map((cron) => ({ key: `cron:${fn.id}:${cron}`, fn: fn.id, cron, due: nextTick(cron) })),
  );
  await sql.begin(async (tx) => {
    await tx`delete from engine.timer where kind = 'cron' and key <> all(${crons.map((c) => c.key)}::text[])`;
    for (const { key, fn, cron, due } of crons) {
      await tx`insert into engine.timer values (${key}, 'cron', ${fn}, ${due}, null, ${cron}) on conflict do nothing`;
    }
  });
}

/** Starts what is due: ticks of crons (one run for those missed while no engine ran) and debounced events. */
export async function fireTimers(sql: Sql, registry: Registry): Promise<void> {
  await sql.begin(async (tx) => {
    const due = await tx<Timer[]>`
      select key, kind, fn_id, body from engine.timer where due_at <= clock_timestamp()
      order by due_at limit 100 for update skip locked`;
    for (const timer of due) {
      await (timer.kind === "cron" ? tick(tx, timer, registry) : release(tx, timer, registry));
    }
  });
}

async function tick(tx: TransactionSql, timer: Timer, registry: Registry): Promise<void> {
  const event = storeEvent({ name: INTERNAL.timer, data: { cron: timer.body } }, newUlid());
  await start(tx, timer.fn_id, JSON.parse(event.body) as EngineEvent, registry, false);
  await tx`update engine.timer set due_at = ${nextTick(timer.body)} where key = ${timer.key}`;
}

async function release(tx: TransactionSql, timer: Timer, registry: Registry): Promise<void> {
  await start(tx, timer.fn_id, JSON.parse(timer.body) as EngineEvent, registry, true);
  await tx`delete from engine.timer where key = ${timer.key}`;
}

async function start(
  tx: TransactionSql,
  fnId: string,
  event: EngineEvent,
  registry: Registry,
  debounced: boolean,
) {
  const fn = registry.functions.get(fnId);
  if (!fn) return;
  const run = await schedule(tx, fn, event, registry.wanted, { debounced, parent: readInvocation(event) });
  if (!("skipped" in run)) await insertRuns(tx, [run]);
}

/** Cancels the runs that did not start or finish in the time their function gives them. */
export async function enforceDeadlines(sql: Sql, registry: Registry): Promise<void> {
  const late = await sql<{ id: string; fn_id: string; events: string }[]>`
    select id, fn_id, events from engine.run where deadline_at <= clock_timestamp() order by id limit 100`;
  for (const run of late) {
    await endRun(sql, run, null, { state: "canceled", reason: "its timeout was over" }, registry.wanted);
  }
}

/** Milliseconds until the next run is due, and until there is anything else to do by time alone. */
export async function nextDue(sql: Sql): Promise<{ runMs: number; upkeepMs: number }> {
  const [row] = await sql<{ run: number | null; upkeep: number | null }[]>`
    select
      extract(epoch from (
        select min(wake_at) from engine.run where lease_until is null and wake_at is not null and isfinite(wake_at)
      ) - clock_timestamp())::float8 * 1000 as run,
      extract(epoch from least(
        (select min(lease_until) from engine.run where lease_until is not null),
        (select min(deadline_at) from engine.run where deadline_at is not null),
        (select min(due_at) from engine.timer)
      ) - clock_timestamp())::float8 * 1000 as upkeep`;
  return {
    runMs: row?.run ?? Number.POSITIVE_INFINITY,
    upkeepMs: row?.upkeep ?? Number.POSITIVE_INFINITY,
  };
}
