import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ProviderName } from "../contract";
import type { ChaosStudio } from "./studio";

/** Providers that are told our key, or tell us theirs: each of their bills belongs to one order of ours. */
const KEYED: ProviderName[] = ["replicate", "leonardo"];

type Row = { id: string | null; provider: string; state: string; cost: number; verdict: string | null };

/** What the providers bill, held against what the studio knows of it. */
export async function auditBills({ sql, contract }: ChaosStudio) {
  const charges = contract.charges();
  const rows = await sql<Row[]>`
    select operation ->> 'id' as id, provider, state, cost_micros::float8 as cost, verdict from generation`;
  const adopted = new Set(rows.flatMap(({ id }) => id ?? []));
  const keyed = charges.filter(({ provider }) => KEYED.includes(provider));
  const distinct = new Set(keyed.map(({ key, inputHash }) => key ?? inputHash));
  const unknown = keyed.filter(({ orderId }) => !adopted.has(orderId));
  // What a person has given up as paid was asked about, and stands for one bill that no row can name.
  const givenUp = rows.filter(
    ({ id, provider, verdict }) => !id && provider !== "openai" && verdict === "do not pay again",
  );
  const openai = charges.length - keyed.length;
  const known = rows.filter((row) => row.provider === "openai" && mayBeBilled(row)).length;
  const billed = new Set(charges.map(({ orderId }) => orderId));
  const uncharged = rows.filter(({ id, state, cost }) => id && billed.has(id) && isOver(state) && cost === 0);
  const overcharged = rows.filter(
    ({ id, state, cost }) => id && !billed.has(id) && state === "failed" && cost > 0,
  );
  return {
    /** Billed, and neither in a row nor given up by a person who was asked. */
    lost: Math.max(0, unknown.length - givenUp.length),
    /** The same question billed more than once; of OpenAI, which knows no key of ours, more bills than rows. */
    doubles: keyed.length - distinct.size + Math.max(0, openai - known),
    /** Billed and not charged, or the other way round. */
    differences: uncharged.length + overcharged.length,
  };
}

function mayBeBilled({ state, cost }: Row): boolean {
  return cost > 0 || state === "uncertain" || state === "answered";
}

function isOver(state: string): boolean {
  return ["succeeded", "failed", "lost"].includes(state);
}

/** Generations whose charge is not what the ledger says, and holds that nobody gave back. */
export async function countUnbalanced({ sql }: ChaosStudio): Promise<number> {
  const [row] = await sql`
    select (
      select count(*) from generation g where g.cost_micros <> coalesce(
        (select sum(amount_micros) from ledger l where l.generation_id = g.id and l.kind = 'charge'), 0)
    )::int + (
      select count(*) from (
        select sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end) as held
        from ledger group by job_id, generation_id) open where held <> 0
    )::int as n`;
  return row?.n ?? 0;
}

/** Files in storage that neither an asset nor a kept answer knows, and what lies forgotten in the spool. */
export async function countLeftovers({ sql, home }: ChaosStudio): Promise<number> {
  const { storage } = await import("@/lib/storage");
  const known = new Set((await sql`select id from asset`).map((row) => row.id));
  const answers = (await sql`select answer::text as text from generation where answer is not null`)
    .map((row) => row.text as string)
    .join();
  const spooled = await readdir(join(home, "spool")).catch(() => []);
  let leftovers = spooled.filter((name) => !answers.includes(name)).length;
  for await (const { key } of storage().list("")) {
    const id = /asset_[0-9a-z]+/.exec(key)?.[0];
    if ((!id || !known.has(id)) && !answers.includes(key)) leftovers++;
  }
  return leftovers;
}
