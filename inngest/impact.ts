import type { JobRecord, JobRow, KeptStep } from "@/lib/jobs";
import { LIVE } from "@/lib/jobs";
import { type Impact, type PlannedStep, type StepName, stepId } from "@/lib/jobs/schema";
import { pipelineOf } from "./pipelines";
import { type Plan, plan, priceOf } from "./plan";

/** What people change of a job that rests: takes asked for, choices made, both by step. */
export type Change = { takes?: Record<string, number>; choices?: Record<string, string> };

/** The job's program as it would run after a change. */
export function planAfter(job: JobRow, change: Change, kept: KeptStep[]): Promise<Plan> {
  const takes = { ...job.takes, ...change.takes };
  const choices = { ...job.choices, ...change.choices };
  return plan(pipelineOf(job.pipeline).program, { ...job, takes, choices }, kept);
}

/** One more take of a step. Choices made before what it shows are open again: there is more to choose from. */
export async function anotherTake(job: JobRow, step: StepName, kept: KeptStep[]): Promise<Change> {
  const takes = { [stepId(step)]: (job.takes[stepId(step)] ?? 0) + 1 };
  const { steps } = await planAfter(job, { takes }, kept);
  const reopened = steps.filter((one) => one.kind === "gate" && !one.made);
  return { takes, choices: Object.fromEntries(reopened.map((gate) => [stepId(gate), ""])) };
}

/** What a job's page says before anything is asked: what each new take and each choice would make again. */
export type Impacts = {
  takes: Record<string, { own: Impact; following: Impact }>;
  choices: Record<string, Record<string, Impact>>;
};

/** By step: what one more take of it makes, and by picture what each choice at it does. Nothing while a run moves. */
export async function impactsOf({ job, steps, made }: JobRecord): Promise<Impacts> {
  const impacts: Impacts = { takes: {}, choices: {} };
  if (LIVE.includes(job.state)) return impacts;
  const kept = steps.filter((step) => step.state === "completed");
  for (const step of job.plan) {
    if (step.kind === "gate") {
      const options = made.filter(({ stepName, subject }) => stepName === step.from?.name && !subject);
      impacts.choices[stepId(step)] = Object.fromEntries(
        await Promise.all(options.map(async ({ id }) => [id, await choosing(job, step, id, kept)] as const)),
      );
    } else {
      const after = await planAfter(job, await anotherTake(job, step, kept), kept);
      const isOwn = (one: PlannedStep) => stepId(one) === stepId(step);
      impacts.takes[stepId(step)] = {
        own: impactOf(after.steps.filter(isOwn)),
        following: impactOf(after.steps.filter((one) => !isOwn(one))),
      };
    }
  }
  return impacts;
}

async function choosing(job: JobRow, gate: StepName, picture: string, kept: KeptStep[]): Promise<Impact> {
  return impactOf((await planAfter(job, { choices: { [stepId(gate)]: picture } }, kept)).steps);
}

function impactOf(steps: PlannedStep[]): Impact {
  const toMake = steps.filter((step) => !step.made && step.kind !== "gate");
  return {
    ...priceOf(toMake),
    seconds: toMake.reduce((sum, step) => sum + step.seconds, 0),
    steps: toMake.map(({ name, subject }) => ({ name, subject })),
  };
}
