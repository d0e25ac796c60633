import { findDifferences } from "@/lib/budget";
import { auditBills, countLeftovers, countUnbalanced } from "./audit";
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
  /** How often each kind of fault happened at the providers. */
  faults: Record<string, number>;
  /** What does not agree, in words. */
  details: string[];
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
  const bills = await auditBills(studio);
  const failures = jobs.filter((job) => job.state === "failed");
  return {
    tried: studio.title,
    jobs: ordered.length,
    completed: count("completed"),
    failed: failures.length,
    givenUp: count("canceled"),
    lost: ordered.filter((id) => !known.has(id)).length + bills.lost,
    stuck: count("queued", "running", "waiting", "paused") + (await countOpen(studio)),
    kills,
    charges: paid.length,
    paidSteps: steps?.n ?? 0,
    doubleCharges: bills.doubles,
    ledgerDifferences:
      (await findDifferences(db)).length + (await countUnbalanced(studio)) + bills.differences,
    leftoverFiles: await countLeftovers(studio),
    faults: contract.met(),
    details: bills.details,
    reasons: [...new Set(failures.map((job) => `${job.error?.step}: ${job.error?.message}`))],
  };
}

async function countOpen({ sql }: ChaosStudio): Promise<number> {
  const [row] =
    await sql`select count(*)::int as n from generation where state in ('intended', 'posting', 'accepted', 'answered')`;
  return row?.n ?? 0;
}
