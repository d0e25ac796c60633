import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { schema, type Tx } from "@/lib/db";
import type { ErrorRecord } from "@/lib/errors";
import { announce } from "./events";
import type { StepName, StepState } from "./schema";

const { job, jobStep } = schema;

/** Which step of which run; `key` is the hash of what the step depends on. */
export type StepRef = StepName & {
  jobId: string;
  workspaceId: string;
  run: number;
  key: string;
  take: number;
  position: number;
};

/** The kept result of a step, if it was finished before under the same key; it counts for this run then. */
export async function findKept(tx: Tx, ref: StepRef): Promise<{ result: unknown } | null> {
  const [row] = await tx
    .update(jobStep)
    .set({ run: ref.run, position: ref.position })
    .where(and(at(ref), eq(jobStep.state, "completed")))
    .returning({ result: jobStep.result });
  return row ?? null;
}

/** A step that was made, with the key it was made under. */
export type KeptStep = StepName & { key: string; result: unknown };

/** Everything of a job that is made and kept, whichever take. */
export async function listKept(tx: Tx, jobId: string): Promise<KeptStep[]> {
  const { name, subject, key, result } = jobStep;
  return tx
    .select({ name, subject, key, result })
    .from(jobStep)
    .where(and(eq(jobStep.jobId, jobId), eq(jobStep.state, "completed")));
}

/** Marks a step as under way. A finished one stays as it is. */
export async function openStep(tx: Tx, ref: StepRef): Promise<void> {
  const { workspaceId, ...row } = ref;
  const opened = await tx
    .insert(jobStep)
    .values({ ...row, state: "running" })
    .onConflictDoUpdate({
      target: [jobStep.jobId, jobStep.name, jobStep.subject, jobStep.key],
      set: {
        state: "running",
        run: ref.run,
        position: ref.position,
        error: null,
        retryAt: null,
        progress: null,
        finishedAt: null,
      },
      setWhere: sql`${jobStep.state} <> 'completed'`,
    })
    .returning({ name: jobStep.name });
  if (opened.length > 0) {
    const { name, subject } = ref;
    await announce(tx, { id: ref.jobId, workspaceId }, "step.running", { name, subject });
  }
}

/** How many steps of a workspace's jobs are at work. */
export async function countOpenSteps(tx: Tx, workspaceId: string): Promise<number> {
  const isOpen = and(eq(job.state, "running"), eq(jobStep.state, "running"));
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(jobStep)
    .innerJoin(job, eq(job.id, jobStep.jobId))
    .where(and(eq(job.workspaceId, workspaceId), isOpen));
  return row?.count ?? 0;
}

export async function keepResult(tx: Tx, ref: StepRef, result: unknown): Promise<void> {
  await change(tx, ref, { state: "completed", result, error: null, retryAt: null, finishedAt: sql`now()` });
}

/** Counts an attempt that did not succeed, with its reason and when the next one is due. */
export async function noteFailure(
  tx: Tx,
  ref: StepRef,
  error: ErrorRecord,
  retryAt: Date | null,
): Promise<void> {
  const ended = { state: "failed" as const, finishedAt: sql`now()` };
  const { code, message, provider } = error;
  await change(
    tx,
    ref,
    {
      ...(retryAt ? { state: "retrying" as const } : ended),
      error,
      retryAt,
      attempts: sql`${jobStep.attempts} + 1`,
    },
    { code, message, provider, run: ref.run, retryAt: retryAt?.toISOString() },
  );
}

export async function markStep(tx: Tx, ref: StepRef, state: StepState): Promise<void> {
  await change(tx, ref, { state });
}

/** How far a step on this machine has come, 0–1. */
export async function tellProgress(tx: Tx, ref: StepRef, progress: number): Promise<void> {
  await change(tx, ref, { state: "running", progress });
}

/** Steps that were moving when their job was canceled. */
export async function cancelSteps(tx: Tx, jobId: string): Promise<void> {
  await tx
    .update(jobStep)
    .set({ state: "canceled", retryAt: null, finishedAt: sql`now()` })
    .where(and(eq(jobStep.jobId, jobId), sql`${jobStep.state} in ('running', 'retrying', 'waiting')`));
}

/** The last error of a job's run, as noted on its steps. */
export async function lastError(tx: Tx, jobId: string, run: number): Promise<ErrorRecord | null> {
  const [row] = await tx
    .select({ error: jobStep.error })
    .from(jobStep)
    .where(and(eq(jobStep.jobId, jobId), eq(jobStep.run, run), eq(jobStep.state, "failed")))
    .orderBy(sql`${jobStep.finishedAt} desc nulls last`)
    .limit(1);
  return row?.error ?? null;
}

type Change = PgUpdateSetSource<typeof jobStep> & { state: StepState };

async function change(tx: Tx, ref: StepRef, set: Change, said: Record<string, unknown> = {}): Promise<void> {
  const rows = await tx
    .update(jobStep)
    .set(set)
    .where(and(at(ref), sql`${jobStep.state} <> 'completed'`))
    .returning({ state: jobStep.state });
  if (rows.length === 0) return;
  await announce(tx, { id: ref.jobId, workspaceId: ref.workspaceId }, `step.${set.state}`, {
    ...{ name: ref.name, subject: ref.subject },
    ...said,
  });
}

function at({ jobId, name, subject, key }: StepRef) {
  return and(
    eq(jobStep.jobId, jobId),
    eq(jobStep.name, name),
    eq(jobStep.subject, subject),
    eq(jobStep.key, key),
  );
}
