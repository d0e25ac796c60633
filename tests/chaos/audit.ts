import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Charge } from "../contract";
import { assignBills, type Books, expected, type Row } from "./bills";
import type { ChaosStudio } from "./studio";

/** What the providers bill, held order by order against what the studio knows and has charged. */
export async function auditBills(books: Books) {
  const { bills, rows, rest } = await assignBills(books);
  const isDouble = ({ like }: { like: Row[] }) => like.some((row) => bills.has(row));
  const differing = rows.filter((row) => differs(row, bills.get(row)));
  return {
    /** Billed, and neither in a row nor given up as paid by a person who was asked. */
    lost: rest.filter((one) => !isDouble(one)).length,
    /** Billed once more for an order that has its bill already. */
    doubles: rest.filter(isDouble).length,
    /** Charged with something else than was billed. */
    differences: differing.length,
    /** The same for whoever looks into it. */
    details: [
      ...rest.map(
        ({ charge, like }) => `${charge.provider} bills ${charge.orderId}: ${like.map(({ id }) => id)}`,
      ),
      ...differing.map(
        (row) => `${row.id} (${row.state}) is charged ${row.cost}: ${JSON.stringify(bills.get(row))}`,
      ),
    ],
  };
}

/** What was never delivered, or is in doubt, is charged on the safe side: at its estimate, billed or not. */
function differs(row: Row, charge: Charge | undefined): boolean {
  if (!["succeeded", "failed", "lost", "abandoned"].includes(row.state)) return false;
  const isEstimate = row.state === "lost" || row.verdict === "do not pay again";
  if (!charge) return row.cost > 0 && !isEstimate;
  const due = expected(row, charge);
  if (isEstimate || due === 0) return row.cost === 0 || row.cost < due;
  return row.cost !== due;
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
