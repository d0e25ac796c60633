import { inArray, sql } from "drizzle-orm";
import { provider } from "@/lib/ai";
import { findDifferences } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { toAppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { advance } from "./advance";
import { findGeneration, type Generation } from "./generations";
import { abandon } from "./give-up";
import { noteFailure } from "./look";
import { tidySpool } from "./spool-keeper";
import { stopIfCanceled } from "./stop";

const { generation, job } = schema;
const BATCH = 50;
/** A provider that hangs does not hold up the next pass. What was not reached is first in line then. */
const LONGEST_PASS_MS = 45_000;

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
  await tidySpool();
  const forgotten = await listForgotten();
  const until = performance.now() + LONGEST_PASS_MS;
  const providers = [...new Set(forgotten.map((row) => row.provider))];
  await Promise.all(
    providers.map(async (one) => {
      for (const row of forgotten.filter((row) => row.provider === one))
        if (performance.now() < until) await settle(row, findings);
    }),
  );
  findings.budgetDifferences = await findDifferences(db());
  if (findings.budgetDifferences.length > 0) {
    log.error({ differences: findings.budgetDifferences }, "running totals differ from the ledger");
  }
  return findings;
}

/**
 * Orders that are still open although their job no longer runs, and that are due: what was paid for is fetched and
 * settled. Providers and workspaces take turns, and within one of them whoever has waited longest comes first.
 */
async function listForgotten(): Promise<Generation[]> {
  const due = await db().execute<{ id: string }>(sql`
    select id from (
      select ${generation.id} as id, ${generation.createdAt} as created_at,
        row_number() over (
          partition by ${generation.provider}, ${generation.workspaceId}
          order by coalesce(${generation.lookAt}, ${generation.createdAt}), ${generation.id}) as turn
      from ${generation} join ${job} on ${job.id} = ${generation.jobId}
      where ${generation.state} in ('intended', 'posting', 'accepted', 'answered')
        and ${job.state} not in ('queued', 'running')
        and (${generation.lookAt} is null or ${generation.lookAt} < now())
    ) as line
    order by turn, created_at limit ${BATCH}`);
  const ids = due.map(({ id }) => id);
  if (ids.length === 0) return [];
  const rows = await db().select().from(generation).where(inArray(generation.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return due.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Whatever goes wrong with one order is said of that one alone. */
async function settle(row: Generation, findings: Findings): Promise<void> {
  let reason = "";
  try {
    await settleForgotten(row);
  } catch (thrown) {
    const error = toAppError(thrown);
    log.warn({ generation: row.id, err: error }, "an open order could not be settled yet");
    reason = error.message;
  }
  try {
    const fresh = await findGeneration({ id: row.id });
    if (fresh?.settledAt) findings.settled.push(fresh);
    else if (reason) findings.unsettled.push({ row, reason });
    // Whatever did not note its failure itself is put off all the same, and comes behind the others.
    if (fresh && reason && fresh.failures === row.failures) await noteFailure(fresh);
  } catch (err) {
    log.warn({ generation: row.id, err }, "what became of an open order could not be read");
  }
}

async function settleForgotten(row: Generation): Promise<void> {
  const engine = provider(row.provider);
  const unsent = row.state === "intended" || (row.state === "posting" && engine.afterLostAnswer === "repeat");
  if (unsent) return db().transaction((tx) => abandon(tx, row, 0));
  await stopIfCanceled(row);
  await advance(row);
}
