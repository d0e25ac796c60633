import { and, eq, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { charge } from "./end";
import { type Generation, moveGeneration } from "./generations";

const { generation } = schema;

/** What a person says of an order whose fate nobody knows. */
export type Verdict = "order again" | "do not pay again";

/**
 * Closes an uncertain generation by a person's word. "Order again" takes it as never taken and frees its hold;
 * "do not pay again" takes it as paid and charges the estimate, so that the budget stays on the safe side; that order
 * is then never sent again, neither by Retry nor by a rerun.
 */
export async function giveUp(tx: Tx, jobId: string, generationId: string, verdict: Verdict): Promise<void> {
  const [row] = await tx
    .select()
    .from(generation)
    .where(and(eq(generation.id, generationId), eq(generation.jobId, jobId)))
    .for("update");
  if (row?.state !== "uncertain") {
    throw new AppError("conflict", "This order is no longer in doubt.", { action: "Reload the page." });
  }
  await abandon(tx, row, verdict === "order again" ? 0 : row.heldMicros, verdict);
}

/** Ends a generation that will never be sent or asked for again. */
export async function abandon(
  tx: Tx,
  row: Generation,
  costMicros: number,
  verdict: Verdict | null = null,
): Promise<void> {
  const change = { state: "abandoned" as const, verdict, settledAt: sql`now()`, lookAt: null };
  const moved = await moveGeneration(tx, row, ["intended", "posting", "uncertain"], change);
  if (moved) await charge(tx, moved, costMicros);
}
