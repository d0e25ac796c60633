import type { Caller } from "@/lib/auth/caller";
import { requireRole } from "@/lib/auth/caller";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import {
  cancelSteps,
  createJob,
  isStepFinished,
  type JobRow,
  LIVE,
  lockJob,
  markCanceled,
  type Restart,
  restartJob,
  stepsToMake,
} from "@/lib/jobs";
import type { JobWait, Pipeline, PlannedStep, Quote } from "@/lib/jobs/schema";
import { log } from "@/lib/log";
import { giveUp, holdForJob, releaseJob, type Verdict } from "@/lib/studio";
import { inngest } from "./client";
import { canceled } from "./events";
import { forms } from "./orders";
import { ask } from "./outbox";
import { traceRun } from "./trace-run";

/** The order desk: everything people can ask of jobs. The server actions and the program `make` come here. */

export type JobOrder = { pipeline: Pipeline; input: unknown; sample?: boolean };

/** Validates, stores the job and its hold in one transaction, and asks for its first run. */
export async function submitJob(
  caller: Caller,
  { pipeline, input: raw, sample = false }: JobOrder,
): Promise<JobRow> {
  requireRole(caller, "editor");
  const form = forms[pipeline];
  const input = await form.complete(caller, raw);
  const plan = form.plan(input);
  const title = await form.title(input, caller);
  const id = newId("job");
  const job = await db().transaction(async (tx) => {
    const wait = await reserve(tx, { workspaceId: caller.workspaceId, jobId: id }, 1, plan);
    const draft = plan.every((step) => step.model === null || step.model.startsWith("draft:"));
    return createJob(tx, caller, { id, pipeline, title, input, plan, draft, sample, wait });
  });
  log.info({ job: id, pipeline, workspace: caller.workspaceId, state: job.state }, "a job was ordered");
  await start(job);
  return job;
}

/** What an order would do, cost and take. Nothing is stored. */
export async function quoteJob(caller: Caller, { pipeline, input }: JobOrder): Promise<Quote> {
  const form = forms[pipeline];
  const steps = form.plan(await form.complete(caller, input));
  const sum = (of: (step: PlannedStep) => number) => steps.reduce((total, step) => total + of(step), 0);
  return {
    lowMicros: sum((step) => step.lowMicros),
    highMicros: sum((step) => step.highMicros),
    seconds: sum((step) => step.seconds),
    steps,
  };
}

/** Runs a job that rests or has failed once more. Finished steps are kept, and not paid for again. */
export async function retryJob(caller: Caller, jobId: string): Promise<JobRow> {
  return rerun(caller, jobId, async (_tx, job) => {
    if (!["failed", "canceled", "paused"].includes(job.state))
      throw busy("Only a job that stopped can be retried.");
    return {};
  });
}

/** Makes a step, and what depends on it, once more. The earlier takes stay. */
export async function newTake(caller: Caller, jobId: string, label: string): Promise<JobRow> {
  return rerun(caller, jobId, async (_tx, job) => {
    if (LIVE.includes(job.state))
      throw busy("Wait until the job rests, or cancel it, before asking for a new take.");
    const step = job.plan.find((one) => one.label === label);
    if (!step?.repeatable) throw new AppError("bad_input", `“${label}” cannot be taken again.`);
    return anotherTake(job, step);
  });
}

/**
 * Makes the rest of a job again from one step on. A finished step is taken anew, with what depends on it; of one
 * that was not finished, nothing that is finished before it is touched.
 */
export async function retryFrom(caller: Caller, jobId: string, label: string): Promise<JobRow> {
  return rerun(caller, jobId, async (tx, job) => {
    if (LIVE.includes(job.state))
      throw busy("Wait until the job rests, or cancel it, before retrying a step.");
    if (job.wait?.kind === "uncertain") throw busy("Decide about the order in doubt first.");
    const step = job.plan.find((one) => one.label === label);
    if (!step?.model) throw new AppError("bad_input", `“${label}” is not a step that can be made again.`);
    return (await isStepFinished(tx, job, label)) ? anotherTake(job, step) : {};
  });
}

/** The choices made behind the step are open again: there is more to choose from. */
function anotherTake(job: JobRow, step: PlannedStep): Reopening {
  const gatesAfter = job.plan.slice(job.plan.indexOf(step) + 1).filter((one) => one.model === null);
  const choices = Object.fromEntries(gatesAfter.map((gate) => [gate.label, ""]));
  return { from: step.label, takes: { [step.label]: (job.takes[step.label] ?? 0) + 1 }, choices };
}

/** A person's decision: which still to animate, or what to do about an order in doubt. */
export async function decide(caller: Caller, jobId: string, label: string, choice: string): Promise<JobRow> {
  return rerun(caller, jobId, async (tx, job) => {
    if (LIVE.includes(job.state)) throw busy("The job is at work; decide when it rests.");
    if (job.wait?.kind === "uncertain" && job.wait.generationId === label)
      return settleDoubt(tx, job, label, choice);
    if (!choice.startsWith("asset_")) throw new AppError("bad_input", "Choose one of the pictures.");
    return { after: label, choices: { [label]: choice } };
  });
}

async function settleDoubt(
  tx: Tx,
  job: JobRow,
  generationId: string,
  choice: string,
): Promise<Reopening | null> {
  if (choice !== "order again" && choice !== "do not pay again") {
    throw new AppError("bad_input", "Say “order again” or “do not pay again”.");
  }
  await giveUp(tx, job.id, generationId, choice as Verdict);
  return choice === "order again" ? {} : null;
}

/** Ends a job. What a provider already makes is still fetched and kept, for it may have to be paid. */
export async function cancelJob(caller: Caller, jobId: string): Promise<void> {
  const ended = await db().transaction(async (tx) => {
    const row = await lockJob(tx, caller, jobId);
    const job = await markCanceled(tx, row);
    if (!job) return null;
    await cancelSteps(tx, jobId);
    await releaseJob(tx, { workspaceId: job.workspaceId, jobId }, job.run);
    return { job, wasRunning: row.state === "running" };
  });
  if (!ended) return;
  await inngest.send(canceled.create({ jobId }, { id: `${jobId}-r${ended.job.run}-canceled` }));
  if (ended.wasRunning) await traceRun(ended.job);
}

/** Reads a picture or a video's frame: a small job of its own. */
export async function analyseAsset(caller: Caller, assetId: string, atSeconds?: number): Promise<JobRow> {
  return submitJob(caller, { pipeline: "picture-reading", input: { assetId, atSeconds } });
}

/** `from`: this step and all after it are made again; `after`: all after it. */
type Reopening = Restart & { from?: string; after?: string };

async function rerun(
  caller: Caller,
  jobId: string,
  change: (tx: Tx, job: JobRow) => Promise<Reopening | null>,
): Promise<JobRow> {
  const job = await db().transaction(async (tx) => {
    const row = await lockJob(tx, caller, jobId);
    const reopening = await change(tx, row);
    if (!reopening) {
      await cancelSteps(tx, jobId);
      return (await markCanceled(tx, row)) ?? row;
    }
    const { from, after, ...restart } = reopening;
    const plan = await stepsToMake(tx, row, { from, after });
    const purse = { workspaceId: row.workspaceId, jobId };
    await releaseJob(tx, purse, row.run);
    return restartJob(tx, row, { ...restart, wait: await reserve(tx, purse, row.run + 1, plan) });
  });
  await start(job);
  return job;
}

async function reserve(
  tx: Tx,
  purse: { workspaceId: string; jobId: string },
  run: number,
  plan: PlannedStep[],
): Promise<JobWait | null> {
  const cap = await holdForJob(
    tx,
    purse,
    run,
    plan.reduce((sum, step) => sum + step.highMicros, 0),
  );
  return cap ? { kind: "cap", ...cap } : null;
}

/** The job and its entry in the outbox are stored: should this fail, the relay asks. */
async function start(job: JobRow): Promise<void> {
  if (job.state !== "queued") return;
  try {
    await ask(job);
  } catch (err) {
    log.error({ err, job: job.id }, "a run could not be asked for; it stays in the outbox");
  }
}

function busy(message: string): AppError {
  return new AppError("conflict", message, { action: "Reload the page to see how the job stands." });
}
