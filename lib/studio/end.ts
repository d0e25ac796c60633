import { sql } from "drizzle-orm";
import { settleGeneration } from "@/lib/budget";
import { db, schema, type Tx } from "@/lib/db";
import { type AppError, type ErrorRecord, toRecord } from "@/lib/errors";
import { formatMoney } from "@/lib/money";
import type { Answer } from "./answer";
import { type Generation, type GenerationState, moveGeneration, purseOf } from "./generations";
import { persist } from "./persist";
import type { Move } from "./standing";
import { storable } from "./storable";

const { generation } = schema;

/** How long the end of an order is tried to be written in one go; after that its next look does it. */
const PATIENCE_SECONDS = 60;
const OPEN: GenerationState[] = ["intended", "posting", "accepted", "uncertain"];

/** A bill as the ledger takes it. A figure that cannot be is a mistake of its sender: then the estimate counts. */
export function billOf(costMicros: number, heldMicros: number): number {
  const isSound = Number.isFinite(costMicros) && costMicros >= 0 && costMicros <= schema.MOST_MICROS;
  return isSound ? Math.ceil(costMicros) : heldMicros;
}

/** Charges an order that was just moved, once and for all, and notes on its row what the ledger says. */
export async function charge(tx: Tx, row: Generation, billMicros: number): Promise<Generation> {
  const costMicros = await settleGeneration(tx, purseOf(row), billMicros);
  if (costMicros === row.costMicros) return row;
  await tx.update(generation).set({ costMicros }).where(sql`${generation.id} = ${row.id}`);
  return { ...row, costMicros };
}

/** Ends an order that delivered nothing; what the provider charges for it is charged, the rest given back. */
export function fail(row: Generation, thrown: AppError | ErrorRecord, costMicros: number): Promise<Move> {
  const billed = billOf(costMicros, row.heldMicros);
  const record = recordOf(row, thrown);
  const error = billed === 0 ? record : { ...record, action: BILLED(billed, record.action) };
  return end(row, OPEN, { state: "failed", error }, billed);
}

const BILLED = (micros: number, action = "") =>
  `It was billed all the same (${formatMoney(micros)}), so Retry does not order it again: “New take” does. ${action}`.trim();

/**
 * Ends an order whose result is paid for and can never be had, or not be used: what is kept of it stays on its row.
 * `costMicros` is charged where nothing has been yet; null where the answer itself was charged when it came.
 */
export function lose(
  row: Generation,
  thrown: AppError | ErrorRecord,
  costMicros: number | null,
  answer?: Answer,
): Promise<Move> {
  const billed = costMicros === null ? row.costMicros : billOf(costMicros, row.heldMicros);
  const isKept = answer?.text !== undefined || answer?.files.some(({ from }) => from !== "url");
  const paid = billed > 0 ? `It is paid for (${formatMoney(billed)})` : "It cost nothing";
  const record = recordOf(row, thrown);
  const error: ErrorRecord = {
    ...record,
    message: `${record.message} ${paid}${isKept ? ", and what came is kept." : ", and its result is lost."}`,
    action: isKept
      ? "Retry looks at it again, for free; “New take” orders it anew, at its price."
      : "“New take” orders it anew, at its price.",
  };
  const change = { state: "lost" as const, error, ...(answer && { answer: storable(answer) }) };
  return end(row, [...OPEN, "answered", "lost"], change, costMicros === null ? null : billed);
}

type End = { state: "failed" | "lost"; error: ErrorRecord; answer?: Answer };

async function end(
  row: Generation,
  from: GenerationState[],
  change: End,
  billMicros: number | null,
): Promise<Move> {
  const ended = await persist("the end of an order", PATIENCE_SECONDS, () =>
    db().transaction(async (tx) => {
      const moved = await moveGeneration(tx, row, from, {
        ...change,
        error: storable(change.error),
        settledAt: sql`now()`,
        lookAt: null,
      });
      return moved && billMicros !== null ? charge(tx, moved, billMicros) : moved;
    }),
  );
  return ended ? { moved: ended } : "look again";
}

function recordOf(row: Generation, thrown: AppError | ErrorRecord): ErrorRecord {
  const record = toRecord(thrown instanceof Error ? thrown : undefined, row.stepName);
  return { ...(thrown instanceof Error ? record : thrown), provider: row.provider, retry: "never" };
}
