import type { Sql, TransactionSql } from "postgres";
import { newUlid, storeEvent } from "./events";
import { nextTick } from "./functions";
import { endRun } from "./outcome";
import { type EngineEvent, INTERNAL } from "./protocol";
import type { Registry } from "./registry";
import { insertRuns, schedule } from "./schedule";

type Timer = { key: string; fn_id: string; body: string };

/** A run that no worker can take is given up after so long. */
const ORPHAN_MINUTES = 10;

/** Enters the crons of the functions that are known, and forgets those that are no more. */
export async function enterCrons(sql: Sql, registry: Registry): Promise<void> {
  const crons = [...registry.functions.values()].flatMap((fn) =>
    fn.crons.map((cron) => ({ key: `cron:${fn.id}:${cron}`, fn: fn.id, cron, due: nextTick(cron) })),
  );
  await sql.begin(async (tx) => {
    await tx`delete from engine.timer where key <> all(${crons.map((c) => c.key)}::text[])`;
    for (const { key, fn, cron, due } of crons) {
      await tx`insert into engine.timer values (${key}, 'cron', ${fn}, ${due}, null, ${cron}) on conflict do nothing`;
    }
  });
}

/** Starts the crons that are due: one run for all ticks that were missed while no engine ran. */
export async function fireTimers(sql: Sql, registry: Registry): Promise<void> {
  await sql.begin(async (tx) => {
    const due = await tx<Timer[]>`
      select key, fn_id, body from engine.timer where due_at <= clock_timestamp()
      order by due_at limit 100 for update skip locked`;
    for (const timer of due) await tick(tx, timer, registry);
  });
}

async function tick(tx: TransactionSql, timer: Timer, registry: Registry): Promise<void> {
  const stored = storeEvent({ name: INTERNAL.timer, data: { cron: timer.body } }, newUlid());
  const event = JSON.parse(stored.body) as EngineEvent;
  const fn = registry.functions.get(timer.fn_id);
  if (fn) await insertRuns(tx, [await schedule(tx, fn, event)]);
  await tx`update engine.timer set due_at = ${nextTick(timer.body)} where key = ${timer.key}`;
}

/** Fails the runs of functions that no worker has any more, as a server fails those that it does not find in an app. */
export async function endOrphans(sql: Sql, registry: Registry): Promise<void> {
  const orphans = await sql<{ id: string; fn_id: string; events: string }[]>`
    select id, fn_id, events from engine.run
    where lease_until is null and wake_at < clock_timestamp() - ${ORPHAN_MINUTES} * interval '1 minute'
      and fn_id <> all(${[...registry.functions.keys()]}::text[]) and state = 'running'
    order by wake_at limit 100`;
  for (const run of orphans) {
    const error = { name: "Error", message: `No worker has the function "${run.fn_id}" any more.` };
    await endRun(sql, run, null, { state: "failed", error }, registry.wanted);
  }
}

/** Milliseconds until the next run that this worker can take is due, and until anything else is by time alone. */
export async function nextDue(
  sql: Sql,
  own: string[],
  mostLosses: number,
): Promise<{ runMs: number; upkeepMs: number }> {
  const [row] = await sql<{ run: number | null; upkeep: number | null }[]>`
    select
      extract(epoch from (
        select min(wake_at) from engine.run
        where lease_until is null and wake_at is not null and isfinite(wake_at)
          and fn_id = any(${own}::text[]) and lost <= ${mostLosses}
      ) - clock_timestamp())::float8 * 1000 as run,
      extract(epoch from least(
        (select min(lease_until) from engine.run where lease_until is not null),
        (select min(due_at) from engine.timer)
      ) - clock_timestamp())::float8 * 1000 as upkeep`;
  return {
    runMs: row?.run ?? Number.POSITIVE_INFINITY,
    upkeepMs: row?.upkeep ?? Number.POSITIVE_INFINITY,
  };
}
