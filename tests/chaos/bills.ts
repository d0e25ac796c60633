import { modelById } from "@/lib/ai";
import { costOf } from "@/lib/ai/quote";
import type { Charge } from "../contract";
import type { ChaosStudio } from "./studio";

/** What bills are held against: a running storm, or a test. */
export type Books = Pick<ChaosStudio, "sql" | "contract">;

export type Row = {
  id: string;
  key: string;
  operation: string | null;
  provider: string;
  model: string;
  capability: string;
  input: { prompt?: string; image?: { assetId: string }; durationSeconds?: number };
  state: string;
  cost: number;
  verdict: string | null;
};

export type Assigned = {
  /** The bill of each order that has one. */
  bills: Map<Row, Charge>;
  rows: Row[];
  /** Bills that belong to no order, and orders that would fit but have theirs. */
  rest: { charge: Charge; like: Row[] }[];
};

/** Finds out which order each bill is for: by the provider's own id, by our key, else by what was asked for. */
export async function assignBills({ sql, contract }: Books): Promise<Assigned> {
  const rows = await sql<Row[]>`
    select id, key, operation ->> 'id' as operation, provider, model, capability, input -> 'input' as input, state,
      cost_micros::float8 as cost, verdict from generation where provider <> 'draft' order by id`;
  const bills = new Map<Row, Charge>();
  const adopted = new Map(rows.map((row) => [row.operation, row]));
  const others = contract.charges().filter((charge) => {
    const row = adopted.get(charge.orderId);
    if (row) bills.set(row, charge);
    return !row;
  });
  // A bill without a figure would do for any order: what has one comes first.
  others.sort((a, b) => Number(a.micros === null) - Number(b.micros === null));
  const rest: Assigned["rest"] = [];
  for (const charge of others) {
    const like = rows.filter((row) => isLike(row, charge));
    const free = like.filter((row) => !bills.has(row) && !row.operation && mayBeBilled(row));
    const [best] = free.sort((a, b) => rank(b, charge) - rank(a, charge));
    if (best) bills.set(best, charge);
    else rest.push({ charge, like });
  }
  return { bills, rows, rest };
}

function isLike({ provider, model, key, input }: Row, charge: Charge): boolean {
  if (charge.key) return key === charge.key;
  if (provider !== charge.provider || model !== `${charge.provider}:${charge.model}`) return false;
  if (input.prompt !== undefined) return input.prompt === charge.subject;
  return charge.subject.startsWith("data:") || charge.subject.includes(input.image?.assetId ?? "?");
}

function mayBeBilled({ state, cost, verdict }: Row): boolean {
  return cost > 0 || verdict === "do not pay again" || ["posting", "uncertain", "answered"].includes(state);
}

/** Of orders that would do, the one that was charged just so; what is in doubt comes last. */
function rank(row: Row, charge: Charge): number {
  if (row.verdict || row.cost === 0) return 0;
  return row.cost === expected(row, charge) ? 2 : 1;
}

/** What an order is to be charged with: the figure of its bill, else its price for what was delivered; 0 for any. */
export function expected({ model, input }: Row, { count, micros, provider }: Charge): number {
  if (provider === "openai") return micros ?? 0;
  return costOf(modelById(model), { count, durationSeconds: input.durationSeconds });
}
