import { inArray, sql } from "drizzle-orm";
import { db, schema } from "@/lib/db";
import { listStalled } from "./stalled";

const { generation, job, jobEvent } = schema;

/** Figures of the whole server, over all workspaces: for its operator's monitoring, never for a page. */

export type Tally = { state: string; count: number };
const count = sql<number>`count(*)::int`;

/** Jobs that have not ended. Partial indices hold these alone: as cheap at the millionth job as at the first. */
export async function tallyOpenJobs(): Promise<Tally[]> {
  const of = (states: string) =>
    sql`select state, count(*)::int as count from ${job} where ${sql.raw(states)} group by state`;
  const rows = await db().execute<Tally>(
    sql`${of("state in ('queued', 'running')")} union all ${of("state in ('waiting', 'paused')")}`,
  );
  return [...rows];
}

/** Jobs that have ended: reads an index from end to end, so not to be asked every few seconds. */
export async function tallyEndedJobs(): Promise<Tally[]> {
  return db()
    .select({ state: job.state, count })
    .from(job)
    .where(inArray(job.state, ["completed", "failed", "canceled"]))
    .groupBy(job.state);
}

/** How long the oldest queued job has waited, and how many (as many as one list holds) are stalled, as the rows tell. */
export async function readQueueAges(
  stalledSeconds: number,
): Promise<{ oldestSeconds: number; stalled: number }> {
  const [row] = await db()
    .select({
      oldestSeconds: sql<number>`coalesce(extract(epoch from now() - min(${job.touchedAt}) filter (where state = 'queued')), 0)::float8`,
    })
    .from(job)
    .where(sql`state in ('queued', 'running')`);
  const stalled = await listStalled(db(), stalledSeconds);
  return { oldestSeconds: row?.oldestSeconds ?? 0, stalled: stalled.length };
}

/** Generations by provider and state, all there ever were: reads an index from end to end. */
export async function tallyGenerations(): Promise<(Tally & { provider: string })[]> {
  const { provider, state } = generation;
  return db().select({ provider, state, count }).from(generation).groupBy(provider, state);
}

/** Failed attempts of steps within the last hour. `provider` is null where the studio itself failed. */
export async function tallyStepFailures(): Promise<
  { provider: string | null; code: string; count: number }[]
> {
  return db()
    .select({
      provider: sql<string | null>`${jobEvent.data} ->> 'provider'`,
      code: sql<string>`coalesce(${jobEvent.data} ->> 'code', 'internal')`,
      count,
    })
    .from(jobEvent)
    .where(
      sql`type in ('step.retrying', 'step.failed') and ${jobEvent.createdAt} > now() - interval '1 hour'`,
    )
    .groupBy(sql`1`, sql`2`);
}
