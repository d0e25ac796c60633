import { and, eq, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";

const { budget, ledger } = schema;

export type Month = { month: string; heldMicros: number; chargedMicros: number };

/** This calendar month in UTC, as `2026-11`: by the clock that all processes share, the database's. */
export const THIS_MONTH = sql<string>`to_char(now() at time zone 'UTC', 'YYYY-MM')`;

/**
 * Locks the workspace's current month, and those that the job has entries in, always in the same order: who changes
 * what is reserved for a job waits for whoever does so already.
 */
export async function lockMonths(
  tx: Tx,
  { workspaceId, jobId }: { workspaceId: string; jobId: string },
): Promise<{ current: Month; all: Map<string, Month> }> {
  await tx.insert(budget).values({ workspaceId, month: THIS_MONTH }).onConflictDoNothing();
  const ofJob = tx.select({ month: ledger.month }).from(ledger).where(eq(ledger.jobId, jobId));
  const rows = await tx
    .select({
      month: budget.month,
      heldMicros: budget.heldMicros,
      chargedMicros: budget.chargedMicros,
      isCurrent: sql<boolean>`${budget.month} = ${THIS_MONTH}`,
    })
    .from(budget)
    .where(
      and(
        eq(budget.workspaceId, workspaceId),
        sql`(${budget.month} = ${THIS_MONTH} or ${budget.month} in ${ofJob})`,
      ),
    )
    .orderBy(budget.month)
    .for("update");
  const current = rows.find((row) => row.isCurrent);
  if (!current) throw new AppError("internal", "The month's budget could not be opened.");
  return { current, all: new Map(rows.map((row) => [row.month, row])) };
}
