import type { Scenario } from "./scenario";
import type { Stage } from "./stage";
import { breakdownsOf } from "./statement";
import { attempt, type Trial } from "./trial";

export type Walk = {
  statements: string[];
  /** How many breakdowns were tried. */
  trials: number;
  /** A line for each that the studio did not withstand. */
  faults: string[];
};

/** Walks the paid path of a scenario once for every statement of it and every way in which that can break down. */
export async function walk(stage: Stage, scenario: Scenario): Promise<Walk> {
  await attempt(stage, scenario);
  const clean = await attempt(stage, scenario);
  const statements = clean.life.statements.map(({ verb, name }) => `${verb}: ${name}`);
  const faults = clean.faults.map((fault) => `with nothing broken: ${fault}`);
  let trials = 0;
  for (const [at, statement] of clean.life.statements.entries()) {
    for (const breakdown of breakdownsOf(statement)) {
      const trial = await attempt(stage, scenario, { at, breakdown });
      trials += 1;
      const found = [...trial.faults, ...wrongCharge(trial, clean)];
      if (!trial.life.broke) found.push("the path took another way");
      faults.push(...found.map((fault) => `${at} ${statements[at]} | ${breakdown}: ${fault}`));
    }
  }
  return { statements, trials, faults };
}

/** Of an order that nobody knows of, the estimate is charged. */
function wrongCharge({ chargedMicros, doubts }: Trial, clean: Trial): string[] {
  if (chargedMicros === clean.chargedMicros || (doubts > 0 && chargedMicros > 0)) return [];
  return [`${chargedMicros} micro-dollars are charged, not ${clean.chargedMicros}`];
}
