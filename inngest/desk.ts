import type { Caller } from "@/lib/auth/caller";
import { requireRole, studioCaller } from "@/lib/auth/caller";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId } from "@/lib/ids";
import {
  cancelSteps,
  createJob,
  isSpent,
  isStepFinished,
  type JobRow,
  LIVE,
  listDoubts,
  lockJob,
  markCanceled,
  type Restart,
  restartJob,
  restOnDoubt,
  stepsToMake,
} from "@/lib/jobs";
import type { JobWait, Pipeline, PlannedStep, Quote } from "@/lib/jobs/schema";
import { log } from "@/lib/log";
import { giveUp, holdForJob, releaseJob } from "@/lib/studio";
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
  return rerun(caller, jobId, async (tx, job) => {
    if (LIVE.includes(job.state))
      throw busy("Wait until the job rests, or cancel it, before asking for a new take.");
    await requireNoDoubt(tx, job);
    const step = job.plan.find((one) => one.label === label);
    if (!step || !(step.repeatable || (step.model && (await isSpent(tx, jobId, label)))))
      throw new AppError("bad_input", `“${label}” cannot be taken again.`);
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
    await requireNoDoubt(tx, job);
    const step = job.plan.find((one) => one.label === label);
    if (!step?.model) throw new AppError("bad_input", `“${label}” is not a step that can be made again.`);
    return (await isStepFinished(tx, job, label)) ? anotherTake(job, step) : {};
  });
}

/** Ordering anew what may have been taken is a decision about that order, not a way around it. */
async function requireNoDoubt(tx: Tx, job: JobRow): Promise<void> {
  if ((await listDoubts(tx, job.id)).length > 0) throw busy("Decide about the order in doubt first.");
}

/** The choices made behind the step are open again: there is more to choose from. */
function anotherTake(job: JobRow, step: PlannedStep): Reopening {
  const gatesAfter = job.plan.slice(job.plan.indexOf(step) + 1).filter((one) => one.model === null);
  const choices = Object.fromEntries(gatesAfter.map((gate) => [gate.label, ""]));
  return { from: step.label, takes: { [step.label]: (job.takes[step.label] ?? 0) + 1 }, choices };
}

/** A person's decision: which still to animate, or (by its id) what to do about an order in doubt. */
export async function decide(caller: Caller, jobId: string, label: string, choice: string): Promise<JobRow> {
  if (label.startsWith("gen_")) return settleDoubt(caller, jobId, label, choice);
  return rerun(caller, jobId, async (_tx, job) => {
    if (LIVE.includes(job.state)) throw busy("The job is at work; decide when it rests.");
    if (!choice.startsWith("asset_")) throw new AppError("bad_input", "Choose one of the pictures.");
    return { after: label, choices: { [label]: choice } };
  });
}

/** One order, one decision. The job goes on with the last of them, if it was for doubt alone that it rested. */
async function settleDoubt(caller: Caller, jobId: string, generationId: string, choice: string) {
  if (choice !== "order again" && choice !== "do not pay again") {
    throw new AppError("bad_input", "Say “order again” or “do not pay again”.");
  }
  const job = await db().transaction(async (tx) => {
    const row = await lockJob(tx, caller, jobId);
    if (LIVE.includes(row.state)) throw busy("The job is at work; decide when it rests.");
    await giveUp(tx, jobId, generationId, choice);
    if (row.wait?.kind !== "uncertain") return row;
    const [next] = await listDoubts(tx, jobId);
    return next ? restOnDoubt(tx, row, next) : reopen(tx, row, {});
  });
  await start(job);
  return job;
}

/** A job that rested for a doubt goes on when the answer has been found after all. */
export async function goOnCleared({ workspaceId, id }: Pick<JobRow, "workspaceId" | "id">): Promise<void> {
  await rerun(studioCaller(workspaceId), id, async (tx, job) => {
    const isCleared = job.wait?.kind === "uncertain" && (await listDoubts(tx, id)).length === 0;
    if (job.state !== "waiting" || !isCleared) throw busy("This job does not rest for a doubt any more.");
    return {};
  });
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
  change: (tx: Tx, job: JobRow) => Promise<Reopening>,
): Promise<JobRow> {
  const job = await db().transaction(async (tx) => {
    const row = await lockJob(tx, caller, jobId);
    return reopen(tx, row, await change(tx, row));
  });
  await start(job);
  return job;
}

async function reopen(tx: Tx, row: JobRow, { from, after, ...restart }: Reopening): Promise<JobRow> {
  const plan = await stepsToMake(tx, row, { from, after });
  const purse = { workspaceId: row.workspaceId, jobId: row.id };
  await releaseJob(tx, purse, row.run);
  return restartJob(tx, row, { ...restart, wait: await reserve(tx, purse, row.run + 1, plan) });
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
