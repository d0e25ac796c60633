import { and, eq, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";

const { budget, ledger } = schema;

/** Months whose running totals are not what their ledger says. Always empty, unless there is a bug. */
export async function findDifferences(
  tx: Tx,
): Promise<{ workspaceId: string; month: string; micros: number }[]> {
  const sums = tx
    .select({
      workspaceId: ledger.workspaceId,
      month: ledger.month,
      held: sql<number>`sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end)::float8`.as(
        "held",
      ),
      charged: sql<number>`sum(case kind when 'charge' then amount_micros else 0 end)::float8`.as("charged"),
    })
    .from(ledger)
    .groupBy(ledger.workspaceId, ledger.month)
    .as("sums");
  return tx
    .select({
      workspaceId: budget.workspaceId,
      month: budget.month,
      micros: sql<number>`abs(${budget.heldMicros} - coalesce(${sums.held}, 0)) + abs(${budget.chargedMicros} - coalesce(${sums.charged}, 0))`,
    })
    .from(budget)
    .leftJoin(sums, and(eq(sums.workspaceId, budget.workspaceId), eq(sums.month, budget.month)))
    .where(
      sql`${budget.heldMicros} <> coalesce(${sums.held}, 0) or ${budget.chargedMicros} <> coalesce(${sums.charged}, 0)`,
    );
}
