import { and, desc, eq } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";

const { jobEvent } = schema;

/** Writes what happened; a trigger announces it, and open pages look again. */
export async function announce(
  tx: Tx,
  job: { id: string; workspaceId: string },
  type: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await tx.insert(jobEvent).values({ jobId: job.id, workspaceId: job.workspaceId, type, data });
}

/** When the job's last run began its work; null when none did. */
export async function runBegan(tx: Tx, jobId: string): Promise<Date | null> {
  const [row] = await tx
    .select({ at: jobEvent.createdAt })
    .from(jobEvent)
    .where(and(eq(jobEvent.jobId, jobId), eq(jobEvent.type, "job.running")))
    .orderBy(desc(jobEvent.id))
    .limit(1);
  return row?.at ?? null;
}
