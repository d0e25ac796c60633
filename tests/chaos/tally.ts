import { findDifferences } from "@/lib/budget";
import type { ChaosStudio } from "./studio";

export type Tally = {
  /** What was under the storm: the engine, its workers, the web server. */
  tried: string;
  jobs: number;
  completed: number;
  failed: number;
  /** Ended by a person who was asked about an order in doubt. */
  givenUp: number;
  lost: number;
  stuck: number;
  kills: number;
  charges: number;
  paidSteps: number;
  doubleCharges: number;
  ledgerDifferences: number;
  leftoverFiles: number;
  reasons: string[];
};

/** Nothing lost, nothing stuck, nothing paid twice. */
export function isSound(counts: Tally): boolean {
  const { lost, stuck, doubleCharges, ledgerDifferences, leftoverFiles } = counts;
  return lost + stuck + doubleCharges + ledgerDifferences + leftoverFiles === 0;
}

/** Counts what became of everything: what the providers bill against what the studio knows. */
export async function tally(studio: ChaosStudio, ordered: string[], kills: number): Promise<Tally> {
  const { sql, db, contract } = studio;
  const jobs = await sql`select id, state, error from job where not sample`;
  const known = new Set(jobs.map((job) => job.id));
  const count = (...states: string[]) => jobs.filter((job) => states.includes(job.state)).length;
  const paid = contract.charges();
  const [steps] = await sql`
    select count(distinct (job_id, step_key, part))::int as n from generation
    where provider <> 'draft' and cost_micros > 0`;
  const failures = jobs.filter((job) => job.state === "failed");
  return {
    tried: studio.title,
    jobs: ordered.length,
    completed: count("completed"),
    failed: failures.length,
    givenUp: count("canceled"),
    lost: ordered.filter((id) => !known.has(id)).length + (await countUnkept(studio)),
    stuck: count("queued", "running", "waiting", "paused") + (await countOpen(studio)),
    kills,
    charges: paid.length,
    paidSteps: steps?.n ?? 0,
    doubleCharges: await countDoubles(studio),
    ledgerDifferences: (await findDifferences(db)).length + (await countUnbalanced(studio)),
    leftoverFiles: await countLeftovers(studio),
    reasons: [...new Set(failures.map((job) => `${job.error?.step}: ${job.error?.message}`))],
  };
}

/** Orders that a provider bills and whose result is neither in the library nor known as failed or in doubt. */
async function countUnkept({ sql, contract }: ChaosStudio): Promise<number> {
  const rows = await sql`select operation ->> 'id' as id from generation where operation is not null`;
  const adopted = new Set(rows.map((row) => row.id));
  const asked = contract.charges().filter((charge) => charge.provider !== "openai");
  return asked.filter((charge) => !adopted.has(charge.orderId)).length;
}

async function countOpen({ sql }: ChaosStudio): Promise<number> {
  const [row] =
    await sql`select count(*)::int as n from generation where state in ('intended', 'posting', 'accepted')`;
  return row?.n ?? 0;
}

/** The same question billed more than once; for OpenAI, which is not told our key, more bills than we know of. */
async function countDoubles({ sql, contract }: ChaosStudio): Promise<number> {
  const charges = contract.charges();
  const keyed = charges.filter((charge) => charge.provider !== "openai");
  const distinct = new Set(keyed.map((charge) => charge.key ?? charge.inputHash));
  const [known] = await sql`
    select count(*)::int as n from generation
    where provider = 'openai' and state in ('succeeded', 'abandoned', 'uncertain')`;
  const unknown = charges.length - keyed.length - (known?.n ?? 0);
  return keyed.length - distinct.size + Math.max(0, unknown);
}

/** Generations whose charge is not what the ledger says, and holds that nobody gave back. */
async function countUnbalanced({ sql }: ChaosStudio): Promise<number> {
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

/** Files in storage that no asset knows. */
async function countLeftovers({ sql }: ChaosStudio): Promise<number> {
  const { storage } = await import("@/lib/storage");
  const known = new Set((await sql`select id from asset`).map((row) => row.id));
  let leftovers = 0;
  for await (const { key } of storage().list("")) {
    const id = /asset_[0-9a-z]+/.exec(key)?.[0];
    if (!id || !known.has(id)) leftovers++;
  }
  return leftovers;
}
