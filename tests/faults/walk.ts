import type { Scenario } from "./scenario";
import type { Stage } from "./stage";
import { type Breakdown, breakdownsOf } from "./statement";
import { attempt, type Trial } from "./trial";

/** Everything, or every day another third of it: in three days all has been walked. */
export type Share = "whole" | "today's third";

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) % 3;

declare module "vitest" {
  export interface ProvidedContext {
    share: Share;
  }
}

export type Walk = {
  statements: string[];
  /** How many breakdowns were tried. */
  trials: number;
  /** A line for each that the studio did not withstand. */
  faults: string[];
};

/**
 * Walks the paid path of a scenario once for every statement of it and every way in which that can break down. Also
 * in a third of them every statement breaks down in one way at least.
 */
export async function walk(stage: Stage, scenario: Scenario, share: Share): Promise<Walk> {
  await attempt(stage, scenario);
  const clean = await attempt(stage, scenario);
  const statements = clean.life.statements.map(({ verb, name }) => `${verb}: ${name}`);
  const faults = clean.faults.map((fault) => `with nothing broken: ${fault}`);
  let trials = 0;
  for (const [at, statement] of clean.life.statements.entries()) {
    const ways = breakdownsOf(statement);
    for (const breakdown of share === "whole" ? ways : thirdOf(ways, at + TODAY)) {
      const trial = await attempt(stage, scenario, { at, breakdown });
      trials += 1;
      const found = [...trial.faults, ...wrongCharge(trial, clean)];
      if (!trial.life.broke) found.push("the path took another way");
      faults.push(...found.map((fault) => `${at} ${statements[at]} | ${breakdown}: ${fault}`));
    }
  }
  return { statements, trials, faults };
}

function thirdOf(ways: Breakdown[], turn: number): Breakdown[] {
  const third = ways.filter((_way, index) => (index + turn) % 3 === 0);
  return third.length > 0 ? third : ways.slice(0, 1);
}

/** An order that nobody knows of, and that is not to be paid again, counts as paid at what was held for it. */
function wrongCharge({ chargedMicros, asked, heldOfGivenUp: held }: Trial, clean: Trial): string[] {
  const billed = (clean.chargedMicros / asked) * (asked - held.length);
  const expected = held.reduce((sum, micros) => sum + micros, billed);
  return chargedMicros === expected ? [] : [`${chargedMicros} micro-dollars are charged, not ${expected}`];
}
