import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { THIS_MONTH } from "./months";

const { budget, job, ledger, workspace } = schema;

export type MonthTotals = {
  month: string;
  chargedMicros: number;
  heldMicros: number;
  monthCapMicros: number | null;
  jobCapMicros: number | null;
};

/** Held and charged in this month, or in another, as `2026-11`. */
export async function monthTotals(caller: Caller, wanted?: string): Promise<MonthTotals> {
  const month = wanted === undefined ? THIS_MONTH : sql<string>`${wanted}::text`;
  const [row] = await db()
    .select({
      month,
      chargedMicros: budget.chargedMicros,
      heldMicros: budget.heldMicros,
      monthCapMicros: workspace.monthCapMicros,
      jobCapMicros: workspace.jobCapMicros,
    })
    .from(workspace)
    .leftJoin(budget, and(eq(budget.workspaceId, workspace.id), eq(budget.month, month)))
    .where(eq(workspace.id, caller.workspaceId));
  return {
    month: row?.month ?? "",
    chargedMicros: row?.chargedMicros ?? 0,
    heldMicros: row?.heldMicros ?? 0,
    monthCapMicros: row?.monthCapMicros ?? null,
    jobCapMicros: row?.jobCapMicros ?? null,
  };
}

/** Charged and held, over all workspaces and months: for the server's operator, never for a page. */
export async function sumBudgets(): Promise<{ chargedMicros: number; heldMicros: number }> {
  const [row] = await db()
    .select({
      chargedMicros: sql<number>`coalesce(sum(${budget.chargedMicros}), 0)::float8`,
      heldMicros: sql<number>`coalesce(sum(${budget.heldMicros}), 0)::float8`,
    })
    .from(budget);
  return row ?? { chargedMicros: 0, heldMicros: 0 };
}

export type LedgerLine = {
  id: number;
  kind: "hold" | "release" | "charge";
  amountMicros: number;
  jobId: string | null;
  jobTitle: string | null;
  generationId: string | null;
  createdAt: string;
};

/** Newest first; `cursor` is the id of the last line seen. */
export async function listLedger(
  caller: Caller,
  options: { cursor?: number; kind?: LedgerLine["kind"]; limit?: number } = {},
): Promise<{ lines: LedgerLine[]; nextCursor: number | null }> {
  const limit = options.limit ?? 50;
  const rows = await db()
    .select({
      id: ledger.id,
      kind: ledger.kind,
      amountMicros: ledger.amountMicros,
      jobId: ledger.jobId,
      jobTitle: job.title,
      generationId: ledger.generationId,
      createdAt: ledger.createdAt,
    })
    .from(ledger)
    .leftJoin(job, eq(job.id, ledger.jobId))
    .where(
      and(
        eq(ledger.workspaceId, caller.workspaceId),
        options.cursor === undefined ? undefined : lt(ledger.id, options.cursor),
        options.kind ? eq(ledger.kind, options.kind) : undefined,
      ),
    )
    .orderBy(desc(ledger.id))
    .limit(limit + 1);
  const lines = rows.slice(0, limit).map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
  return { lines, nextCursor: rows.length > limit ? (lines.at(-1)?.id ?? null) : null };
}
