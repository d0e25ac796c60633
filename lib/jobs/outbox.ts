import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import type { JobRow } from "./commands";

const { job, outbox } = schema;
const LISTED = 200;

/** The job's run is to be asked for. In one transaction with what made it so: neither is lost alone. */
export async function enterOutbox(tx: Tx, { id: jobId, run }: Pick<JobRow, "id" | "run">): Promise<void> {
  await tx
    .insert(outbox)
    .values({ jobId, run })
    .onConflictDoUpdate({ target: outbox.jobId, set: { run, createdAt: sql`now()` } });
}

export async function leaveOutbox(tx: Tx, { id, run }: Pick<JobRow, "id" | "run">): Promise<void> {
  await tx.delete(outbox).where(and(eq(outbox.jobId, id), eq(outbox.run, run)));
}

/** Jobs whose run should have been asked for some seconds ago, the oldest first. */
export async function listUnasked(tx: Tx, seconds: number): Promise<JobRow[]> {
  return tx
    .select(getTableColumns(job))
    .from(outbox)
    .innerJoin(job, eq(job.id, outbox.jobId))
    .where(sql`${outbox.createdAt} < now() - make_interval(secs => ${seconds})`)
    .orderBy(outbox.createdAt)
    .limit(LISTED);
}
