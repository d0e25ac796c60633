import type { Sql } from "postgres";

const BATCH = 500;

/** Deletes what ended more than `days` ago, a batch at a time, so that nothing is locked for long. */
export async function cleanUp(sql: Sql, days: number): Promise<void> {
  const age = sql`clock_timestamp() - ${days} * interval '1 day'`;
  let deleted: number;
  do {
    const runs = await sql<{ id: string }[]>`
      delete from engine.run where id in (
        select id from engine.run where ended_at < ${age} limit ${BATCH} for update skip locked
      ) returning id`;
    await sql`delete from engine.memo where run_id = any(${runs.map((run) => run.id)}::text[])`;
    const events = await sql`
      delete from engine.event where seq in (
        select seq from engine.event where received_at < ${age} and routed_at is not null limit ${BATCH}
      )`;
    deleted = Math.max(runs.length, events.count);
  } while (deleted === BATCH);
  await sql`delete from engine.rate where tat_ms < extract(epoch from clock_timestamp()) * 1000`;
}
