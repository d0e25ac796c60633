import { and, asc, eq, notExists, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { JobRow } from "./commands";
import { announce } from "./events";
import type { Doubt, JobWait, StepName } from "./schema";

const { generation, job } = schema;

type Row = typeof generation.$inferSelect;

/** The orders of a job whose fate nobody knows, oldest first: each is decided by itself, whatever its job does. */
export async function listDoubts(tx: Tx, jobId: string): Promise<Doubt[]> {
  const rows = await tx
    .select()
    .from(generation)
    .where(and(eq(generation.jobId, jobId), eq(generation.state, "uncertain")))
    .orderBy(asc(generation.createdAt), asc(generation.id));
  return rows.map(toDoubt);
}

export function toDoubt({ id, stepName, subject, part, provider, model, heldMicros, postedAt }: Row): Doubt {
  return {
    ...{ generationId: id, name: stepName, subject, part, provider, model, costMicros: heldMicros },
    sentAt: postedAt?.toISOString() ?? null,
  };
}

/** Another order of the job is in doubt as well: it rests on. */
export async function restOnDoubt(
  tx: Tx,
  row: JobRow,
  { part: _, sentAt: __, ...doubt }: Doubt,
): Promise<JobRow> {
  const wait: JobWait = { kind: "uncertain", ...doubt };
  const [next] = await tx
    .update(job)
    .set({ wait, touchedAt: sql`now()` })
    .where(eq(job.id, row.id))
    .returning();
  if (!next) throw notFound("job");
  await announce(tx, next, `job.${next.state}`);
  return next;
}

/** Jobs that rest for a doubt that has cleared up by itself: the answer was found after all. */
export async function listCleared(tx: Tx): Promise<JobRow[]> {
  const doubted = tx
    .select({ id: generation.id })
    .from(generation)
    .where(and(eq(generation.jobId, job.id), eq(generation.state, "uncertain")));
  return tx
    .select()
    .from(job)
    .where(and(eq(job.state, "waiting"), sql`${job.wait} ->> 'kind' = 'uncertain'`, notExists(doubted)))
    .limit(50);
}

/**
 * Whether the latest order of a step is paid for, or given up as if it were, without a result: Retry does not order
 * that again, and a new take may be asked for whatever the step is.
 */
export async function isSpent(tx: Tx, jobId: string, { name, subject }: StepName): Promise<boolean> {
  const [row] = await tx
    .select({ id: generation.id })
    .from(generation)
    .where(
      and(
        eq(generation.jobId, jobId),
        eq(generation.stepName, name),
        eq(generation.subject, subject),
        sql`(state = 'lost' or (state in ('failed', 'abandoned')
          and (cost_micros > 0 or verdict = 'do not pay again')))`,
      ),
    )
    .limit(1);
  return row !== undefined;
}
