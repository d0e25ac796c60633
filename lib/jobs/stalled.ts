import {
  and,
  eq,
  exists,
  getTableColumns,
  gt,
  inArray,
  max,
  not,
  notExists,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { type JobRow, LIVE } from "./commands";
import { RECONCILER } from "./findings";

const { errand, generation, job, jobStep } = schema;

export type JobRun = { jobId: string; run: number };

/** `quietSeconds`: how long there has been no sign of life, by the database's clock. */
export type StalledJob = JobRow & { quietSeconds: number };

const LISTED = 200;
/** Longer than this no order stands in line at its provider. */
const LONGEST_LINE_MINUTES = 60;

/**
 * Jobs that should be moving, have shown no sign of life for some seconds, and wait neither for their next attempt
 * nor for their turn, in the queue or in line at a provider. `alive` are the runs that the engine has; where it cannot be asked, the rows must tell.
 */
export async function listStalled(tx: Tx, seconds: number, alive?: JobRun[]): Promise<StalledJob[]> {
  const since = sql`now() - make_interval(secs => ${seconds})`;
  const atWork = and(eq(job.state, "running"), gt(job.touchedAt, since));
  const newest = tx
    .select({ pipeline: job.pipeline, createdAt: max(job.createdAt).as("newest_created_at") })
    .from(job)
    .where(atWork)
    .groupBy(job.pipeline)
    .as("newest");
  const isOvertaken = sql`coalesce(${newest.createdAt} > ${job.touchedAt} + make_interval(secs => ${seconds}), false)`;
  const somebodyWorks = exists(tx.select({ id: job.id }).from(job).where(atWork));
  // A queue is served in order. While the reconciler itself was not driven nothing was: that gets one more look.
  const seemsInTurn = and(
    eq(job.state, "queued"),
    not(isOvertaken),
    or(somebodyWorks, notExists(lastLook(tx, since))),
  );
  const seemsInLine = and(
    eq(job.state, "running"),
    gt(job.touchedAt, sql`now() - make_interval(mins => ${LONGEST_LINE_MINUTES})`),
    exists(openStep(tx)),
    notExists(openOrder(tx)),
    somebodyWorks,
  );
  const seemsAlive = or(seemsInTurn, seemsInLine, exists(nextAttempt(tx, since)));
  return tx
    .select({
      ...getTableColumns(job),
      quietSeconds: sql<number>`extract(epoch from now() - ${job.touchedAt})::float8`,
    })
    .from(job)
    .leftJoin(newest, eq(newest.pipeline, job.pipeline))
    .where(
      and(
        inArray(job.state, LIVE),
        sql`${job.touchedAt} < ${since}`,
        sql`not ${alive ? isAmong(alive) : seemsAlive}`,
      ),
    )
    .orderBy(job.touchedAt)
    .limit(LISTED);
}

function lastLook(tx: Tx, since: SQL) {
  return tx
    .select({ at: errand.endedAt })
    .from(errand)
    .where(and(eq(errand.name, RECONCILER), gt(errand.endedAt, since)));
}

/** A step of the job's run whose orders have been asked for. */
function openStep(tx: Tx) {
  const ofRun = and(eq(jobStep.jobId, job.id), eq(jobStep.run, job.run));
  return tx
    .select({ name: jobStep.name })
    .from(jobStep)
    .where(and(ofRun, eq(jobStep.state, "running")));
}

/** What was ordered is looked at again and again: without that, its run is gone. */
function openOrder(tx: Tx) {
  const isOpen = sql`${generation.state} in ('intended', 'posting', 'accepted', 'answered', 'uncertain')`;
  return tx
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.jobId, job.id), isOpen));
}

function nextAttempt(tx: Tx, since: SQL) {
  const ofRun = and(eq(jobStep.jobId, job.id), eq(jobStep.run, job.run));
  return tx
    .select({ at: jobStep.retryAt })
    .from(jobStep)
    .where(and(ofRun, eq(jobStep.state, "retrying"), gt(jobStep.retryAt, since)));
}

function isAmong(runs: JobRun[]): SQL {
  const ids = sql.param(runs.map(({ jobId }) => jobId));
  const numbers = sql.param(runs.map(({ run }) => run));
  return sql`(${job.id}, ${job.run}) in (select * from unnest(${ids}::text[], ${numbers}::int[]))`;
}
