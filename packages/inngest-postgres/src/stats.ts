import type { Sql } from "postgres";

/** What an operator wants to know. Counts of runs; ages in seconds, null when there is none. */
export type EngineStats = {
  /** Due, and not taken up yet. */
  due: number;
  oldestDueSeconds: number | null;
  /** Held by a worker now. */
  running: number;
  /** Resting until a time, an event, a function or a slot. */
  waiting: number;
  oldestRunSeconds: number | null;
  /** Set aside by a concurrency limit. */
  blocked: number;
  /** Events that no engine has acted on yet. */
  unroutedEvents: number;
};

export async function readStats(sql: Sql): Promise<EngineStats> {
  const [row] = await sql<EngineStats[]>`
    select
      count(*) filter (where lease_until is null and wake_at <= clock_timestamp())::int as due,
      extract(epoch from clock_timestamp() - min(wake_at)
        filter (where lease_until is null and wake_at <= clock_timestamp()))::float8 as "oldestDueSeconds",
      count(*) filter (where lease_until is not null)::int as running,
      count(*) filter (where lease_until is null and (wake_at is null or wake_at > clock_timestamp()))::int as waiting,
      extract(epoch from clock_timestamp() - min(created_at))::float8 as "oldestRunSeconds",
      (select count(distinct (run_id, step_id))::int from engine.blocked) as blocked,
      (select count(*)::int from engine.event where routed_at is null) as "unroutedEvents"
    from engine.run where state = 'running'`;
  if (!row) throw new Error("Counting gave no row.");
  return row;
}
