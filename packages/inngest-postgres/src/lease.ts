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
  /** How many leases were lost in a row before this one, without a step being finished. */
  lost: number;
};

export type LeaseOptions = { owner: string; seconds: number };

/** After so many leases lost in a row a run is a suspect: it may be what ends its processes. */
export const SUSPECT_LOSSES = 2;

/**
 * Leases up to `count` due runs of the functions `own`, the longest due first. Of the suspects at most one at a time
 * (`suspects`), so that the one among them that ends its process does not take the others with it again and again.
 */
export async function leaseRuns(
  sql: Sql,
  count: number,
  { owner, seconds }: LeaseOptions,
  own: string[],
  suspects = 1,
): Promise<Lease[]> {
  const due = sql`lease_until is null and wake_at <= clock_timestamp() and fn_id = any(${own}::text[])`;
  const leases = await sql<(Lease & { due: number })[]>`
    with suspect as materialized (
      select id, wake_at from engine.run where ${due} and lost >= ${SUSPECT_LOSSES}
      order by wake_at, id limit ${Math.min(suspects, count)} for update skip locked
    ), plain as materialized (
      select id, wake_at from engine.run where ${due} and lost < ${SUSPECT_LOSSES}
      order by wake_at, id limit ${count} - (select count(*) from suspect) for update skip locked
    )
    update engine.run r set
      lease_until = clock_timestamp() + ${seconds} * interval '1 second',
      generation = generation + 1,
      owner = ${owner}
    from (select * from suspect union all select * from plain) due
    where r.id = due.id
    returning r.id, r.generation, r.fn_id, r.events, r.attempt, r.lost,
      r.revision = 0 and coalesce(r.discover_at <= clock_timestamp(), false) as fresh,
      extract(epoch from due.wake_at)::float8 as due`;
  return leases.sort((a, b) => a.due - b.due || (a.id < b.id ? -1 : 1));
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

/** Notes that these planned steps are being executed: should the lease be lost, it counts as an attempt of theirs. */
export async function beginSteps(sql: Sql, lease: Lease, stepIds: string[]): Promise<boolean> {
  const [row] = await sql<{ begun: boolean }[]>`
    select engine.begin_steps(${lease.id}, ${lease.generation}, ${stepIds}::text[]) as begun`;
  return row?.begun ?? false;
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
