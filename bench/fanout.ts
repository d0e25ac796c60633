import { setTimeout as sleep } from "node:timers/promises";
import { sqlClient } from "@/lib/db";
import type { Team } from "@/tests/support/people";
import type { BenchOptions } from ".";
import { type Stage, setStage } from "./fanout/stage";
import { percentile } from "./percentile";

/** One picture an order, so that a picture is a generation. */
const MODEL = "replicate:black-forest-labs/flux-2-pro";
const SECONDS_TO_MAKE = 1;
/** The single picture is ordered when the others are well under way. */
const HEAD_START_SECONDS = 3;
const TIMES_ALONE = 5;

/**
 * Very many generations of one workspace, and meanwhile a single picture of another: what it waits for them, beyond
 * the time that it takes alone.
 */
export async function run({ engine }: BenchOptions): Promise<Record<string, number>> {
  const stage = await setStage(engine, SECONDS_TO_MAKE);
  try {
    const alone: number[] = [];
    for (let n = 0; n < TIMES_ALONE; n++) alone.push(await make(stage.one, 1));
    const slotSeconds = percentile(alone, 50);
    const oneJob = await measure(stage, { jobs: 1, each: 200 }, slotSeconds);
    const manyJobs = await measure(stage, { jobs: 50, each: 4 }, slotSeconds);
    const mostSteps = await stage.mostSteps();
    return {
      secondsToMake: SECONDS_TO_MAKE,
      slotSeconds,
      aloneOverheadMsPerGeneration: (slotSeconds - SECONDS_TO_MAKE) * 1000,
      ...prefix("oneJobOf200", oneJob),
      ...prefix("fiftyJobsOf4", manyJobs),
      ...(mostSteps !== null && { mostStepsOfARun: mostSteps }),
    };
  } finally {
    await stage.stop();
  }
}

/** `waitedSeconds` is beyond the time alone; `startedBefore` counts orders sent between the single one's order and its own. */
async function measure(stage: Stage, { jobs, each }: { jobs: number; each: number }, slotSeconds: number) {
  const generations = jobs * each;
  stage.contract.reset();
  const begun = performance.now();
  const all = Promise.all(Array.from({ length: jobs }, () => make(stage.many, each)));
  await sleep(HEAD_START_SECONDS * 1000);
  const before = sent(stage);
  const besideSeconds = await make(stage.one, 1);
  const between = stage.contract.requests({ kind: "create" }).slice(before.length);
  await all;
  const totalSeconds = (performance.now() - begun) / 1000;
  const waitedSeconds = Math.max(0, besideSeconds - slotSeconds);
  return {
    besideSeconds,
    waitedSeconds,
    waitedRatioToSlot: waitedSeconds / slotSeconds,
    startedBeforeIt: between.findIndex(({ body }) => promptOf(body).startsWith("1 ")),
    totalSeconds,
    generationsPerSecond: generations / totalSeconds,
    overheadMsPerGeneration: await overheadOf(stage.many),
  };
}

function sent(stage: Stage) {
  return stage.contract.requests({ kind: "create" });
}

function promptOf(body: unknown): string {
  return String((body as { input?: { prompt?: string } }).input?.prompt);
}

let orders = 0;

/** Orders a job and waits for its end; in seconds. */
async function make(team: Team, count: number): Promise<number> {
  const { submitJob } = await import("@/inngest");
  const begun = performance.now();
  const input = { prompt: `${count} stills, order ${orders++}`, imageModel: MODEL, count: 1, animate: false };
  const job = await submitJob(team.editor, { pipeline: "animated-picture", input });
  for (;;) {
    const [row] = await sqlClient()`select state, error from job where id = ${job.id}`;
    if (row?.state === "completed") return (performance.now() - begun) / 1000;
    if (row?.state !== "queued" && row?.state !== "running") throw new Error(JSON.stringify(row));
    await sleep(20);
  }
}

/** Of a generation's time from its row to its end, what its provider did not need: the median, in milliseconds. */
async function overheadOf({ workspaceId }: Team): Promise<number> {
  const [row] = await sqlClient()<{ ms: number }[]>`
    select percentile_cont(0.5) within group (order by extract(epoch from settled_at - created_at)) * 1000 as ms
    from generation where workspace_id = ${workspaceId}`;
  return (row?.ms ?? Number.NaN) - SECONDS_TO_MAKE * 1000;
}

function prefix(with_: string, figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, n]) => [`${with_}${name[0]?.toUpperCase()}${name.slice(1)}`, n]),
  );
}
