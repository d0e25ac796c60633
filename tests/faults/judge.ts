import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { storage } from "@/lib/storage";
import { reconcileStudio, sweepMedia, sweepOrphans } from "@/lib/studio";
import type { Job } from "./job";
import type { Injection, Life } from "./life";
import type { Errand, Scenario } from "./scenario";
import type { Stage } from "./stage";

const CLAIM = "update generation set state = $1, posted_at = now()";
/** From here on the answer is known on this machine. */
const SPOOLED = /^rename .*answer\.json\.part$/;
/** Longer than anything is kept that nobody can use. */
const LONG_MS = 40 * 86_400_000;

export type Ended = {
  job: Job;
  errand: Errand;
  life: Life;
  injection?: Injection;
  /** How often a person was asked. */
  doubts: number;
  finished: boolean;
  /** How many orders the provider bills. */
  billed: number;
};

/** What must hold in the end, however the path broke down; in words where it does not. */
export async function findFaults(stage: Stage, scenario: Scenario, ended: Ended) {
  const { sql } = stage.base;
  const { job, errand, doubts, finished, billed } = ended;
  const faults: string[] = [];
  const asked = (await errand.asks(job.scope)).length;
  const [[money], rows, [library]] = await Promise.all([
    sql`
      select coalesce(sum(amount_micros) filter (where kind = 'charge'), 0)::float8 as charged,
        coalesce(sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end), 0)::float8 as held
      from ledger where job_id = ${job.id}`,
    sql`
      select state, settled_at, verdict, cost_micros::float8 as cost, held_micros::float8 as held
      from generation where job_id = ${job.id} order by id`,
    sql`select count(*)::int as n from asset where job_id = ${job.id}`,
  ]);
  const open = rows.filter((row) => row.settled_at === null);
  if (!finished) faults.push(`it never came to an end: ${rows.map((row) => row.state)}`);
  if (scenario.provider !== "draft" && billed > asked) faults.push(`${billed} orders are billed`);
  if (scenario.provider !== "draft" && billed < asked && doubts === 0)
    faults.push(`${billed} orders were taken`);
  if (open.length > 0) faults.push(`an order is still ${open.map((row) => row.state)}`);
  if (finished && money?.held !== 0) faults.push(`${money?.held} micro-dollars are still held`);
  if (doubts === 0 && library?.n !== scenario.files) faults.push(`${library?.n} files are in the library`);
  if (doubts > 0 && !mayDoubt(ended)) faults.push("a person was asked without need");
  faults.push(...(await findLeftovers(stage, job)).map((name) => `left over: ${name}`));
  const chargedMicros = money?.charged as number;
  const noted = rows.reduce((sum, { cost }) => sum + cost, 0);
  if (noted !== chargedMicros) faults.push(`${noted} micro-dollars are said to be charged`);
  const givenUp = rows.filter(
    ({ state, verdict }) => state === "abandoned" && verdict === "do not pay again",
  );
  return { faults, chargedMicros, asked, heldOfGivenUp: givenUp.map(({ held }) => held as number) };
}

/** Only an order may be in doubt whose own answer was lost, or whose process died between its claim and its answer. */
function mayDoubt({ injection, life }: Ended): boolean {
  if (!injection) return false;
  const { at, breakdown } = injection;
  const before = life.statements.slice(0, at);
  const claimed = before.findLastIndex(({ name }) => name.startsWith(CLAIM));
  if (claimed < 0 || before.slice(claimed).some(({ name }) => SPOOLED.test(name))) return false;
  return breakdown.endsWith("death") || life.statements[at]?.verb === "request";
}

/** Files that nobody knows of, after the sweeps of many days. */
async function findLeftovers(stage: Stage, job: Job): Promise<string[]> {
  if ((await listUnknown(stage, job)).length === 0) return [];
  await ageEverything(stage, job);
  await reconcileStudio();
  await sweepMedia();
  await sweepOrphans();
  return listUnknown(stage, job);
}

async function listUnknown({ passing, base, team }: Stage, job: Job): Promise<string[]> {
  const passed = await readdir(passing);
  const known = new Set((await base.sql`select id from asset where job_id = ${job.id}`).map((row) => row.id));
  passed.push(...(await readdir(join(base.home, "spool"), { recursive: true }).catch(() => [])));
  for await (const { key } of storage().list(`${team.workspaceId}/${job.id}/`)) {
    const id = /asset_[0-9a-z]+/.exec(key)?.[0];
    if (!id || !known.has(id)) passed.push(key);
  }
  return passed;
}

async function ageEverything({ passing, base }: Stage, job: Job): Promise<void> {
  const then = new Date(Date.now() - LONG_MS);
  await base.sql`update job set finished_at = finished_at - interval '40 days' where id = ${job.id}`;
  await ageUnfinished(join(base.home, "spool"), then);
  const folders = [passing, join(base.home, "media")];
  for (const folder of folders) {
    for (const name of await readdir(folder, { recursive: true }))
      await utimes(join(folder, name), then, then);
  }
}

/** An answer that was written to its end has no age: it has to be brought in. */
async function ageUnfinished(spool: string, then: Date): Promise<void> {
  for (const key of await readdir(spool).catch(() => [])) {
    const names = await readdir(join(spool, key));
    if (!names.includes("answer.json")) await utimes(join(spool, key), then, then);
  }
}
