import { type Case, Stage, slugOf } from "./case";
import { CASES, REFUSED } from "./cases";
import { embeddedEngine } from "./embedded";
import type { EngineKind, EngineUnderTest } from "./engines";

export type Report = {
  engine: EngineKind;
  cases: number;
  passed: number;
  failed: string[];
  /** What this engine refuses, and says so. */
  refused: string[];
  reasons: Record<string, string>;
};

/** How many cases are under way at once; more would blur what they time. */
const AT_ONCE = 8;

/** Runs the cases on an engine. `only` picks those whose name contains it. */
export async function runCases(kind: EngineKind, engine: EngineUnderTest, only = ""): Promise<Report> {
  const report: Report = { engine: kind, cases: 0, passed: 0, failed: [], refused: [], reasons: {} };
  const chosen = CASES.filter((c) => c.name.includes(only));
  const scripts = chosen.map((c) => {
    const stage = new Stage(engine.client, slugOf(c.name));
    return { name: c.name, stage, run: c.script(stage) };
  });
  await engine.serve(scripts.flatMap(({ stage }) => stage.functions));
  // The one that waits for the next minute goes first.
  const queue = scripts.sort((a, b) => Number(b.name === "cron") - Number(a.name === "cron"));
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await runOne(report, next.name, next.run);
    }),
  );
  return report;
}

async function runOne(report: Report, name: string, run: () => Promise<void>): Promise<void> {
  report.cases++;
  try {
    await run();
    report.passed++;
  } catch (error) {
    report.failed.push(name);
    report.reasons[name] = error instanceof Error ? error.message : String(error);
  }
}

/** Sees every feature that the embedded engine does not have refused in clear words. */
export async function runRefusals(databaseUrl: string, report: Report): Promise<void> {
  for (const refusal of REFUSED) {
    await runOne(report, refusal.name, () => expectRefusal(databaseUrl, refusal));
    if (!report.failed.includes(refusal.name)) report.refused.push(refusal.name);
  }
}

async function expectRefusal(databaseUrl: string, { name, script, refused }: Case): Promise<void> {
  const engine = embeddedEngine(databaseUrl);
  const stage = new Stage(engine.client, slugOf(`refused ${name}`));
  const run = script(stage);
  try {
    const served = await engine.serve(stage.functions).then(
      () => undefined,
      (error: Error) => error,
    );
    if (refused === "registration") {
      if (served?.name !== "RegistrationError") throw new Error(`"${name}" was registered.`);
      return;
    }
    if (served) throw served;
    await run();
    const message = String(stage.values("failed")[0]);
    if (!message.includes("embedded engine does not do"))
      throw new Error(`It was refused with "${message}".`);
  } finally {
    await engine.stop();
  }
}
