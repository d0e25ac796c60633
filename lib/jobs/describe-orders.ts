import { factsOf } from "@/lib/ai/schema";
import { formatMoney } from "@/lib/money";
import type { JobRecord } from "./queries";
import type { KeptResult, OrderNote } from "./schema";

type Row = JobRecord["generations"][number];
/** What a browser gets a link to in place of the key. */
type Kept = Omit<KeptResult, "url"> & { key: string };
export type DescribedOrder = Omit<OrderNote, "kept"> & { kept: Kept[] };

/** What is to be said of a step's orders: what was paid for and not had, what came short, what cost more than held. */
export function describeOrders(orders: Row[]): DescribedOrder[] {
  return orders.flatMap((row) => {
    const said = [...whatBecame(row), ...whatItCost(row)];
    if (said.length === 0) return [];
    const { id: generationId, part, costMicros } = row;
    return [{ generationId, part, spent: isSpent(row), said, costMicros, kept: keptOf(row) }];
  });
}

/** Ended without a result, and Retry will not order it again. */
function isSpent({ state, costMicros, verdict }: Row): boolean {
  if (state === "lost") return true;
  return (state === "failed" || state === "abandoned") && (costMicros > 0 || verdict === "do not pay again");
}

function whatBecame(row: Row): string[] {
  const { state, error, costMicros, verdict } = row;
  if (state === "lost" || (state === "failed" && costMicros > 0)) return [error?.message ?? "It was lost."];
  if (state === "failed" && error?.code === "provider_refused") return [error.message];
  if (state === "abandoned" && verdict === "do not pay again")
    return [`In doubt, and given up; counted as paid (${formatMoney(costMicros)}).`];
  if (state !== "succeeded") return [];
  return [...shortfall(row), ...unusable(row).map((file) => file.unusable)];
}

/** Fewer pictures than were ordered. */
function shortfall({ result, input, costMicros }: Row): string[] {
  const made = Array.isArray(result?.assetIds) ? result.assetIds.length : 0;
  const asked = input.input as { count?: unknown } | undefined;
  const ordered = typeof asked?.count === "number" ? asked.count : 1;
  if (factsOf(String(input.capability))?.makes !== "picture" || made >= ordered) return [];
  return [`${made} of ${ordered} pictures came; billed ${formatMoney(costMicros)}.`];
}

function whatItCost({ costMicros, heldMicros }: Row): string[] {
  if (costMicros <= heldMicros) return [];
  return [`Billed ${formatMoney(costMicros)}: more than the ${formatMoney(heldMicros)} reserved for it.`];
}

type AnswerFile = { from: string; key?: string; mime?: string; bytes?: number; unusable?: string };

function unusable({ answer }: Row): (AnswerFile & { unusable: string; index: number })[] {
  const files = Array.isArray(answer?.files) ? (answer.files as AnswerFile[]) : [];
  return files.flatMap((file, index) =>
    file.unusable === undefined ? [] : [{ ...file, unusable: file.unusable, index }],
  );
}

function keptOf(row: Row): Kept[] {
  return unusable(row).flatMap(({ key, bytes, index }) =>
    key ? [{ key, bytes: bytes ?? null, filename: `${row.stepName}-${row.part + 1}-${index + 1}.bin` }] : [],
  );
}
