import { desc, eq } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { db, schema, type Tx } from "@/lib/db";
import type { JobRow } from "./commands";
import type { DecisionKind, DecisionView, StepName } from "./schema";

const { decision, user } = schema;

export type NewDecision = StepName & {
  kind: DecisionKind;
  value: string;
  generationId?: string;
  upToMicros?: number;
};

/** Writes down what a caller decided, in the transaction that acts on it. */
export async function recordDecision(
  tx: Tx,
  caller: Caller,
  job: Pick<JobRow, "id" | "workspaceId">,
  made: NewDecision,
): Promise<void> {
  const { kind, name, subject, value, generationId, upToMicros } = made;
  const { workspaceId, id: jobId } = job;
  await tx.insert(decision).values({
    ...{ workspaceId, jobId, userId: caller.userId, kind, name, subject, value, generationId, upToMicros },
  });
}

const LISTED = 50;

/** What was decided about a job, newest first. */
export async function listDecisions(jobId: string): Promise<DecisionView[]> {
  const { id, kind, name, subject, value, upToMicros, createdAt } = decision;
  const rows = await db()
    .select({ id, kind, name, subject, value, upToMicros, createdAt, by: user.name })
    .from(decision)
    .leftJoin(user, eq(user.id, decision.userId))
    .where(eq(decision.jobId, jobId))
    .orderBy(desc(id))
    .limit(LISTED);
  return rows.map(({ createdAt: at, ...row }) => ({ ...row, at: at.toISOString() }));
}
