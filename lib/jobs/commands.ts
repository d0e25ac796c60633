import { and, eq, inArray, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { schema, type Tx } from "@/lib/db";
import { AppError, type ErrorRecord, notFound } from "@/lib/errors";
import { contentHash } from "@/lib/ids";
import { announce } from "./events";
import { enterOutbox } from "./outbox";
import type { JobState, JobWait, Pipeline, PlannedStep } from "./schema";

const { job } = schema;
export type JobRow = typeof job.$inferSelect;

/** States in which a run may be at work. */
export const LIVE: JobState[] = ["queued", "running"];

export type NewJob = {
  id: string;
  pipeline: Pipeline;
  title: string;
  input: Record<string, unknown>;
  plan: PlannedStep[];
  draft: boolean;
  sample: boolean;
  /** Set when a cap stands in the way: the job is stored and rests. */
  wait: JobWait | null;
};

export async function createJob(tx: Tx, caller: Caller, order: NewJob): Promise<JobRow> {
  requireRole(caller, "editor");
  const [row] = await tx
    .insert(job)
    .values({
      ...order,
      workspaceId: caller.workspaceId,
      createdBy: caller.userId,
      state: order.wait ? "paused" : "queued",
      quoteLowMicros: total(order.plan, "lowMicros"),
      quoteHighMicros: total(order.plan, "highMicros"),
    })
    .returning();
  if (!row) throw new AppError("internal", "The job could not be stored.");
  if (row.state === "queued") await enterOutbox(tx, row);
  await announce(tx, row, `job.${row.state}`);
  return row;
}

function total(plan: PlannedStep[], end: "lowMicros" | "highMicros"): number {
  return plan.reduce((sum, step) => sum + step[end], 0);
}

/** The job of a run that is still wanted, locked for a change. */
export async function lockRun(tx: Tx, jobId: string, run: number): Promise<JobRow | null> {
  const [row] = await tx
    .select()
    .from(job)
    .where(and(eq(job.id, jobId), eq(job.run, run), inArray(job.state, LIVE)))
    .for("update");
  return row ?? null;
}

/** Keeps the steps as they are planned now. */
export async function storePlan(tx: Tx, row: JobRow, plan: PlannedStep[]): Promise<void> {
  if (contentHash(plan) === contentHash(row.plan)) return;
  await tx.update(job).set({ plan }).where(eq(job.id, row.id));
}

/** The job of a caller, locked for a change. */
export async function lockJob(tx: Tx, caller: Caller, jobId: string): Promise<JobRow> {
  requireRole(caller, "editor");
  const [row] = await tx
    .select()
    .from(job)
    .where(and(eq(job.id, jobId), eq(job.workspaceId, caller.workspaceId)))
    .for("update");
  if (!row) throw notFound("job");
  return row;
}

export type Restart = {
  takes?: Record<string, number>;
  choices?: Record<string, string>;
  plan?: PlannedStep[];
  wait?: JobWait | null;
};

/** Opens the job's next run; the one before, if it still moves, stops at its next step. */
export async function restartJob(tx: Tx, row: JobRow, change: Restart = {}): Promise<JobRow> {
  const [next] = await tx
    .update(job)
    .set({
      run: row.run + 1,
      state: change.wait ? "paused" : "queued",
      wait: change.wait ?? null,
      error: null,
      finishedAt: null,
      plan: change.plan ?? row.plan,
      takes: { ...row.takes, ...change.takes },
      choices: { ...row.choices, ...change.choices },
      touchedAt: sql`now()`,
    })
    .where(eq(job.id, row.id))
    .returning();
  if (!next) throw notFound("job");
  if (next.state === "queued") await enterOutbox(tx, next);
  await announce(tx, next, `job.${next.state}`);
  return next;
}

/** A run reports for work. Null: it is no longer this job's run, or the job is in none of the states `from`. */
export async function beginRun(
  tx: Tx,
  jobId: string,
  run: number,
  from: JobState[] = LIVE,
): Promise<JobRow | null> {
  const change = { state: "running" as const, startedAt: sql`coalesce(${job.startedAt}, now())` };
  return move(tx, jobId, run, change, from);
}

export async function restJob(tx: Tx, jobId: string, run: number, wait: JobWait): Promise<JobRow | null> {
  return move(tx, jobId, run, { state: wait.kind === "cap" ? "paused" : "waiting", wait });
}

export async function completeJob(tx: Tx, jobId: string, run: number): Promise<JobRow | null> {
  return move(tx, jobId, run, { state: "completed", finishedAt: sql`now()` });
}

export async function failJob(
  tx: Tx,
  jobId: string,
  run: number,
  error: ErrorRecord,
): Promise<JobRow | null> {
  return move(tx, jobId, run, { state: "failed", error, finishedAt: sql`now()` });
}

/** Ends a job from whatever state that is not an end. */
export async function markCanceled(tx: Tx, row: JobRow): Promise<JobRow | null> {
  const [next] = await tx
    .update(job)
    .set({ state: "canceled", wait: null, finishedAt: sql`now()`, touchedAt: sql`now()` })
    .where(and(eq(job.id, row.id), inArray(job.state, [...LIVE, "waiting", "paused"])))
    .returning();
  if (next) await announce(tx, next, "job.canceled");
  return next ?? null;
}

async function move(
  tx: Tx,
  jobId: string,
  run: number,
  change: PgUpdateSetSource<typeof job> & { state: JobState },
  from = LIVE,
): Promise<JobRow | null> {
  const [row] = await tx
    .update(job)
    .set({ ...change, touchedAt: sql`now()` })
    .where(and(eq(job.id, jobId), eq(job.run, run), inArray(job.state, from)))
    .returning();
  if (row) await announce(tx, row, `job.${row.state}`);
  return row ?? null;
}

/** A sign of life. False: this run is no longer wanted. */
export async function touchJob(tx: Tx, jobId: string, run: number): Promise<boolean> {
  const rows = await tx
    .update(job)
    .set({ touchedAt: sql`now()` })
    .where(and(eq(job.id, jobId), eq(job.run, run), inArray(job.state, LIVE)))
    .returning({ id: job.id });
  return rows.length > 0;
}
