import { and, desc, eq, inArray, isNull, lt, not, or, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { decodeCursor, encodeCursor } from "@/lib/cursor";
import { db, schema, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { JobRow } from "./commands";
import { listDecisions } from "./decisions";
import { COMMAND_LINE, type DecisionView, type JobState, type Pipeline, type StepName } from "./schema";

const { asset, generation, job, jobEvent, jobStep, ledger, user } = schema;

export type JobFilter = {
  state?: JobState;
  pipeline?: Pipeline;
  /** Who ordered it: a member's id, or `COMMAND_LINE`. */
  memberId?: string;
  cursor?: string;
  limit?: number;
};
export type ListedJob = JobRow & { creator: { id: string; name: string } | null };

/** Newest first, by keyset: a page costs the same at the millionth job. */
export async function listJobs(
  caller: Caller,
  filter: JobFilter = {},
): Promise<{ jobs: ListedJob[]; nextCursor: string | null }> {
  const limit = Math.min(filter.limit ?? 30, 100);
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const rows = await db()
    .select({ job, creator: { id: user.id, name: user.name } })
    .from(job)
    .leftJoin(user, eq(user.id, job.createdBy))
    .where(
      and(
        eq(job.workspaceId, caller.workspaceId),
        filter.state ? eq(job.state, filter.state) : undefined,
        filter.pipeline ? eq(job.pipeline, filter.pipeline) : undefined,
        filter.memberId ? orderedBy(filter.memberId) : undefined,
        after
          ? or(
              lt(job.createdAt, after.createdAt),
              and(eq(job.createdAt, after.createdAt), lt(job.id, after.id)),
            )
          : undefined,
        after ? sql`${job.createdAt} <= ${after.createdAt.toISOString()}` : undefined,
      ),
    )
    .orderBy(desc(job.createdAt), desc(job.id))
    .limit(limit + 1);
  const jobs = rows.slice(0, limit).map((row) => ({ ...row.job, creator: row.creator }));
  const last = jobs.at(-1);
  return { jobs, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
}

function orderedBy(memberId: string) {
  return memberId === COMMAND_LINE
    ? and(isNull(job.createdBy), not(job.sample))
    : eq(job.createdBy, memberId);
}

/** How many jobs of this workspace are queued or at work, capped at 100. */
export async function countLive(caller: Caller): Promise<number> {
  const live = db()
    .select({ one: sql`1` })
    .from(job)
    .where(and(eq(job.workspaceId, caller.workspaceId), inArray(job.state, ["queued", "running"])))
    .limit(100)
    .as("live");
  const [row] = await db().select({ count: sql<number>`count(*)::int` }).from(live);
  return row?.count ?? 0;
}

export type JobRecord = {
  job: ListedJob;
  steps: (typeof jobStep.$inferSelect)[];
  generations: (typeof generation.$inferSelect)[];
  /** Ids and steps of what was made, oldest first. */
  made: { id: string; stepName: string | null; subject: string }[];
  heldMicros: number;
  decisions: DecisionView[];
  /** Failed attempts of steps, oldest first. */
  failures: (typeof jobEvent.$inferSelect)[];
};

/** A job that was tried again and again shows its latest. */
const MOST_FAILURES = 200;

/** Everything the job page shows. */
export async function getJob(caller: Caller, jobId: string): Promise<JobRecord> {
  const [found] = await db()
    .select({ job, creator: { id: user.id, name: user.name } })
    .from(job)
    .leftJoin(user, eq(user.id, job.createdBy))
    .where(and(eq(job.id, jobId), eq(job.workspaceId, caller.workspaceId)));
  if (!found) throw notFound("job");
  const [steps, generations, made, held, failures, decisions] = await Promise.all([
    db().select().from(jobStep).where(eq(jobStep.jobId, jobId)).orderBy(jobStep.position, jobStep.startedAt),
    db().select().from(generation).where(eq(generation.jobId, jobId)).orderBy(generation.createdAt),
    db()
      .select({ id: asset.id, stepName: asset.stepName, subject: asset.subject })
      .from(asset)
      .where(and(eq(asset.jobId, jobId), isNull(asset.deletedAt)))
      .orderBy(asset.take, asset.createdAt, asset.id),
    db()
      .select({
        micros: sql<number>`coalesce(sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end), 0)::float8`,
      })
      .from(ledger)
      .where(eq(ledger.jobId, jobId)),
    db()
      .select()
      .from(jobEvent)
      .where(and(eq(jobEvent.jobId, jobId), inArray(jobEvent.type, ["step.retrying", "step.failed"])))
      .orderBy(desc(jobEvent.id))
      .limit(MOST_FAILURES),
    listDecisions(jobId),
  ]);
  return {
    job: { ...found.job, creator: found.creator },
    steps,
    generations,
    made,
    heldMicros: held[0]?.micros ?? 0,
    decisions,
    failures: failures.reverse(),
  };
}

/** The ids of everything that a step of a job has made and that was not deleted, oldest take first. */
export async function listMade(tx: Tx, jobId: string, { name, subject }: StepName): Promise<string[]> {
  const rows = await tx
    .select({ id: asset.id })
    .from(asset)
    .where(
      and(
        eq(asset.jobId, jobId),
        eq(asset.stepName, name),
        eq(asset.subject, subject),
        isNull(asset.deletedAt),
      ),
    )
    .orderBy(asset.take, asset.createdAt, asset.id);
  return rows.map(({ id }) => id);
}

/** Whether a step's latest take is finished. */
export async function isStepFinished(tx: Tx, row: JobRow, { name, subject }: StepName): Promise<boolean> {
  const [latest] = await tx
    .select({ state: jobStep.state })
    .from(jobStep)
    .where(and(eq(jobStep.jobId, row.id), eq(jobStep.name, name), eq(jobStep.subject, subject)))
    .orderBy(desc(jobStep.take), desc(jobStep.run), desc(jobStep.startedAt))
    .limit(1);
  return latest?.state === "completed";
}

export async function hasSample(caller: Caller): Promise<boolean> {
  const [row] = await db()
    .select({ id: job.id })
    .from(job)
    .where(and(eq(job.workspaceId, caller.workspaceId), eq(job.sample, true)))
    .limit(1);
  return row !== undefined;
}
