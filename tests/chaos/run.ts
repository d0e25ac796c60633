import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../contract";
import { dice } from "./dice";
import type { EngineKind } from "./engine";
import { People } from "./people";
import { type ChaosStudio, openStudio } from "./studio";
import { isSound, type Tally, tally } from "./tally";

export type ChaosOptions = {
  engine?: EngineKind;
  jobs: number;
  seed: number;
  /** How often an answer of a provider goes wrong, 0–1. */
  faultRate?: number;
  /** Faults that are sure to happen, beside those by the dice. */
  script?: Fault[];
  /** How long the storm lasts; after it nothing goes wrong any more, and everything is left in peace to finish. */
  stormSeconds?: number;
  /** The longest the whole run may take. */
  limitSeconds?: number;
  say?: (line: string) => void;
};

/** How often Postgres is struck down, in milliseconds. */
const POSTGRES_EVERY_MS = 15_000;

/** Orders jobs, kills everything that can be killed while they are made, and counts what became of them. */
export async function runChaos(options: ChaosOptions): Promise<Tally> {
  const {
    engine = "embedded",
    jobs,
    seed,
    faultRate = 0.15,
    script,
    stormSeconds = 90,
    limitSeconds = 900,
    say = () => undefined,
  } = options;
  const begin = Date.now();
  const limit = begin + limitSeconds * 1000;
  const studio = await openStudio({ engine, seed, faultRate, script, stormSeconds });
  const people = new People(studio, dice(seed + 1));
  let restarts = 0;
  let sound = false;
  say(`${studio.title}\n`);
  const kills = () => studio.countKills() + restarts;
  try {
    const ordering = people.orderAll(jobs, stormSeconds, limit);
    for (let done = false, struckAt = Date.now(); !done && Date.now() < limit; await sleep(500)) {
      if (studio.isStormy() && Date.now() - struckAt > POSTGRES_EVERY_MS) {
        await studio.restartPostgres();
        struckAt = Date.now();
        restarts++;
      }
      done = people.jobs.length === jobs && (await attend(people));
      const { cuts, fullDisks } = studio.countFaults();
      say(
        `${people.jobs.length} of ${jobs} ordered, ${kills()} kills, ${cuts} cuts, ${fullDisks} full disks`,
      );
    }
    await ordering;
    await settle(studio, limit);
    const result = await tally(studio, people.jobs, kills());
    sound = isSound(result);
    return result;
  } finally {
    await studio.close({ keep: !sound });
    if (!sound) console.error(`\nIts data and logs are kept in ${studio.home}`);
  }
}

/** People cannot look while the database is down; they look again. */
async function attend(people: People): Promise<boolean> {
  try {
    return await people.attend();
  } catch {
    return false;
  }
}

/** The reconciler looks every minute: waits until it has fetched what was still open. */
async function settle({ sql }: ChaosStudio, limit: number): Promise<void> {
  while (Date.now() < limit) {
    const [open] =
      await sql`select count(*)::int as n from generation where state in ('intended', 'posting', 'accepted', 'answered')`;
    if (open?.n === 0) return;
    await sleep(1000);
  }
}
