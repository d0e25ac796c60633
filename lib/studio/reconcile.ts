import { and, eq, inArray, notInArray, or, sql } from "drizzle-orm";
import { type Operation, provider } from "@/lib/ai";
import { findDifferences } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { advance } from "./advance";
import { findGeneration, type Generation, providerOf } from "./generations";
import { abandon } from "./give-up";

const { generation, job } = schema;
const BATCH = 50;

/** Orders that are still open although their job no longer runs: what was paid for is fetched and settled. */
async function listForgotten(): Promise<{ row: Generation; canceled: boolean }[]> {
  const rows = await db()
    .select({ row: generation, state: job.state })
    .from(generation)
    .innerJoin(job, eq(job.id, generation.jobId))
    .where(
      and(
        inArray(generation.state, ["intended", "posting", "accepted"]),
        notInArray(job.state, ["queued", "running"]),
        or(sql`${generation.lookAt} is null`, sql`${generation.lookAt} < now()`),
      ),
    )
    .orderBy(generation.createdAt)
    .limit(BATCH);
  return rows.map(({ row, state }) => ({ row, canceled: state === "canceled" }));
}

export type Findings = {
  /** Came to an end in this look: fetched, failed or given back. What a provider still makes is in neither list. */
  settled: Generation[];
  /** Still open, and why. */
  unsettled: { row: Generation; reason: string }[];
  budgetDifferences: { workspaceId: string; month: string; micros: number }[];
};

/** Repairs what crashes and cancellations left behind. Runs every minute and at boot; costs nothing. */
export async function reconcileStudio(): Promise<Findings> {
  const findings: Findings = { settled: [], unsettled: [], budgetDifferences: [] };
  for (const { row, canceled } of await listForgotten()) {
    try {
      await settleForgotten(row, canceled);
      if (await hasEnded(row)) findings.settled.push(row);
    } catch (thrown) {
      if (await hasEnded(row)) {
        findings.settled.push(row);
        continue;
      }
      const error = toAppError(thrown);
      log.warn({ generation: row.id, err: error }, "an open order could not be settled yet");
      findings.unsettled.push({ row, reason: error.message });
    }
  }
  findings.budgetDifferences = await findDifferences(db());
  if (findings.budgetDifferences.length > 0) {
    log.error({ differences: findings.budgetDifferences }, "running totals differ from the ledger");
  }
  return findings;
}

/** An order that ended without a result is thrown, and yet settled; one that is still being made is not. */
async function hasEnded(row: Generation): Promise<boolean> {
  const fresh = await findGeneration({ id: row.id });
  return fresh?.settledAt != null;
}

async function settleForgotten(row: Generation, canceled: boolean): Promise<void> {
  const engine = provider(providerOf(row));
  const unsent = row.state === "intended" || (row.state === "posting" && engine.afterLostAnswer === "repeat");
  if (unsent) return db().transaction((tx) => abandon(tx, row, 0));
  if (canceled && row.state === "accepted" && row.looks < 2) {
    await engine.cancel?.(row.operation as Operation, AbortSignal.timeout(30_000));
  }
  await advance(row);
}
