import type { Sql, TransactionSql } from "postgres";

/** A leased run: this process alone may advance it, until `renew` no longer names it. */
export type Lease = {
  id: string;
  generation: number;
  fn_id: string;
  /** The run's events, as a JSON array. */
  events: string;
  attempt: number;
  /** It has no memos yet and waits for nothing but its call. */
  fresh: boolean;
};

export type LeaseOptions = { owner: string; seconds: number };

/** Leases up to `count` due runs, the longest due (or, with priorities, the most urgent) first. */
export async function leaseRuns(
  sql: Sql,
  count: number,
  { owner, seconds }: LeaseOptions,
  byPriority: boolean,
): Promise<Lease[]> {
  const rank = byPriority ? sql`wake_at - priority * interval '1 second'` : sql`wake_at`;
  return sql<Lease[]>`
    update engine.run r set
      lease_until = clock_timestamp() + ${seconds} * interval '1 second',
      generation = generation + 1,
      owner = ${owner}
    from (
      select id from engine.run where lease_until is null and wake_at <= clock_timestamp()
      order by ${rank} limit ${count} for update skip locked
    ) due
    where r.id = due.id
    returning r.id, r.generation, r.fn_id, r.events, r.attempt,
      r.revision = 0 and coalesce(r.discover_at <= clock_timestamp(), false) as fresh`;
}

/** Notes when a run began, which ends its start timeout and begins its finish timeout. */
export async function beginRun(sql: Sql, lease: Lease): Promise<void> {
  await sql`
    update engine.run set started_at = clock_timestamp(),
      deadline_at = clock_timestamp() + finish_ms * interval '1 millisecond'
    where id = ${lease.id} and generation = ${lease.generation} and started_at is null`;
}

/** Renews the leases and returns the ids of those still held. */
export async function renewLeases(
  sql: Sql,
  leases: Lease[],
  { owner, seconds }: LeaseOptions,
): Promise<Set<string>> {
  const rows = await sql<{ id: string }[]>`
    update engine.run r set lease_until = clock_timestamp() + ${seconds} * interval '1 second'
    from unnest(${leases.map((l) => l.id)}::text[], ${leases.map((l) => l.generation)}::int[]) as held (id, generation)
    where r.id = held.id and r.generation = held.generation and r.owner = ${owner} and r.lease_until is not null
    returning r.id`;
  return new Set(rows.map((row) => row.id));
}

/** Lets go of a run. Returns in how many milliseconds it is due again; null when only an event can wake it. */
export async function park(sql: Sql, lease: { id: string; generation: number }): Promise<number | null> {
  const [row] = await sql<{ ms: number | null }[]>`
    select case when isfinite(wake) then extract(epoch from wake - clock_timestamp()) * 1000 end::float8 as ms
    from engine.park(${lease.id}, ${lease.generation}) as wake`;
  return row?.ms ?? null;
}

/**
 * Keeps results of steps, first write first. `generation` null stands for a writer that holds no lease: it can
 * only answer what the run waits for. Returns how many memos the run has now, or null when nothing was written.
 */
export async function keep(
  sql: Sql | TransactionSql,
  runId: string,
  generation: number | null,
  stepIds: string[],
  memos: string[],
): Promise<number | null> {
  const [row] = await sql<{ revision: number | null }[]>`
    select engine.keep(${runId}, ${generation}, ${stepIds}::text[], ${memos}::text[]) as revision`;
  return row?.revision ?? null;
}
