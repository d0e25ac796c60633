import type postgres from "postgres";
import { log } from "@/lib/log";
import { openPostgres } from "./client";
import { PRESENCE } from "./locks";

const RENEW_MS = 3_000;

/**
 * Marks this process as a worker by a shared lock, which ends with its connection however the process ends:
 * no heartbeat to write, none to expire. Taken again after a restart of the database.
 */
export function announceWorker(url: string): { leave(): Promise<void> } {
  const sql = openPostgres(url, { max: 1 });
  const renew = async () => {
    try {
      await sql`
        select pg_advisory_lock_shared(${PRESENCE.class}, ${PRESENCE.worker}) where not exists (
          select 1 from pg_locks where locktype = 'advisory' and objsubid = 2
            and classid = ${PRESENCE.class} and objid = ${PRESENCE.worker} and pid = pg_backend_pid())`;
    } catch (err) {
      log.debug({ err }, "the database cannot be told of this worker now");
    }
  };
  void renew();
  const timer = setInterval(renew, RENEW_MS);
  return {
    leave: async () => {
      clearInterval(timer);
      await sql.end({ timeout: 2 });
    },
  };
}

/** How many workers are connected to the database. */
export async function countWorkers(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ workers: number }[]>`
    select count(distinct pid)::int as workers from pg_locks
    where locktype = 'advisory' and objsubid = 2 and classid = ${PRESENCE.class} and objid = ${PRESENCE.worker} and granted
      and database = (select oid from pg_database where datname = current_database())`;
  return row?.workers ?? 0;
}
