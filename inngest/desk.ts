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
  listKept,
  listMade,
  lockJob,
  markCanceled,
  recordDecision,
  restartJob,
  restOnDoubt,
} from "@/lib/jobs";
import { type JobWait, type Pipeline, type Quote, type StepName, stepId } from "@/lib/jobs/schema";
import { log } from "@/lib/log";
import { giveUp, holdForJob, neededFor, releaseJob, type Verdict } from "@/lib/studio";
import { inngest } from "./client";
import { canceled } from "./events";
import { anotherTake, type Change, planAfter } from "./impact";
import { ask } from "./outbox";
import { pipelineOf } from "./pipelines";
import { plan, priceOf } from "./plan";
import { traceRun } from "./trace-run";

/** The order desk: everything people can ask of jobs. The server actions and the program `make` come here. */

export type JobOrder = { pipeline: Pipeline; input: unknown; sample?: boolean };

/** Validates, stores the job and its hold in one transaction, and asks for its first run. */
export async function submitJob(
  caller: Caller,
  { pipeline, input: raw, sample = false }: JobOrder,
): Promise<JobRow> {
  requireRole(caller, "editor");
  const id = newId("job");
  const { input, steps, form } = await readOrder(caller, id, pipeline, raw);
  const title = await form.title(input, caller);
  const job = await db().transaction(async (tx) => {
    const purse = { workspaceId: caller.workspaceId, jobId: id };
    const wait = await reserve(tx, purse, 1, priceOf(steps).highMicros);
    const draft = steps.every((step) => step.model === null || step.model.startsWith("draft:"));
    return createJob(tx, caller, { id, pipeline, title, input, plan: steps, draft, sample, wait });
  });
  log.info({ job: id, pipeline, workspace: caller.workspaceId, state: job.state }, "a job was ordered");
  await start(job);
  return job;
}

/** What an order would do, cost and take. Nothing is stored. */
export async function quoteJob(caller: Caller, { pipeline, input }: JobOrder): Promise<Quote> {
  const { steps, seconds } = await readOrder(caller, "job_quoted", pipeline, input);
  return { ...priceOf(steps), seconds, steps };
}

/** The order with nothing left open, and the plan of a job that would be made of it. */
async function readOrder(caller: Caller, id: string, pipeline: Pipeline, raw: unknown) {
  const { form, program } = pipelineOf(pipeline);
  const input = await form.complete(caller, raw);
  const job = {
    id,
    workspaceId: caller.workspaceId,
    createdBy: caller.userId,
    takes: {},
    choices: {},
    input,
  };
  return { form, input, ...(await plan(program, job, [], { orderable: true })) };
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
export async function newTake(caller: Caller, jobId: string, wanted: StepName): Promise<JobRow> {
  return rerun(caller, jobId, async (tx, job) => {
    if (LIVE.includes(job.state))
      throw busy("Wait until the job rests, or cancel it, before asking for a new take.");
    await requireNoDoubt(tx, job);
    const step = job.plan.find((one) => stepId(one) === stepId(wanted));
    if (!step || !(step.repeatable || (step.kind !== "gate" && (await isSpent(tx, jobId, wanted)))))
      throw new AppError("bad_input", `“${wanted.name}” cannot be taken again.`);
    return anotherTake(job, step, await listKept(tx, jobId));
  });
}

/**
 * Makes the rest of a job again from one step on. A finished step is taken anew, with what depends on it; of one
 * that was not finished, nothing that is finished before it is touched.
 */
export async function retryFrom(caller: Caller, jobId: string, wanted: StepName): Promise<JobRow> {
  return rerun(caller, jobId, async (tx, job) => {
    if (LIVE.includes(job.state))
      throw busy("Wait until the job rests, or cancel it, before retrying a step.");
    await requireNoDoubt(tx, job);
    const step = job.plan.find((one) => stepId(one) === stepId(wanted));
    if (!step || step.kind === "gate")
      throw new AppError("bad_input", `“${wanted.name}” is not a step that can be made again.`);
    const isFinished = await isStepFinished(tx, job, wanted);
    return isFinished ? anotherTake(job, step, await listKept(tx, jobId)) : {};
  });
}

/** Ordering anew what may have been taken is a decision about that order, not a way around it. */
async function requireNoDoubt(tx: Tx, job: JobRow): Promise<void> {
  if ((await listDoubts(tx, job.id)).length > 0) throw busy("Decide about the order in doubt first.");
}

/** A person's decision at a gate: which of the pictures to go on with. */
export async function decide(caller: Caller, jobId: string, gate: StepName, choice: string): Promise<JobRow> {
  return rerun(caller, jobId, async (tx, job) => {
    if (LIVE.includes(job.state)) throw busy("The job is at work; decide when it rests.");
    const planned = job.plan.find((step) => stepId(step) === stepId(gate));
    const offered = planned?.from ? await listMade(tx, jobId, planned.from) : [];
    if (!offered.includes(choice))
      throw new AppError("bad_input", "Choose one of the pictures that are offered.");
    await recordDecision(tx, caller, job, { kind: "choose", ...nameOf(gate), value: choice });
    return { choices: { [stepId(gate)]: choice } };
  });
}

/** A person approves of what a job shows, and of what all that follows may cost: of exactly that which they saw. */
export async function approve(caller: Caller, jobId: string, gate: StepName, key: string): Promise<JobRow> {
  return rerun(caller, jobId, async (tx, { wait, ...job }) => {
    if (wait?.kind !== "approval" || stepId(wait) !== stepId(gate) || wait.key !== key)
      throw busy("This is not what waits for approval any more.");
    const { upToMicros } = wait;
    await recordDecision(tx, caller, job, { kind: "approve", ...nameOf(gate), value: key, upToMicros });
    return { choices: { [stepId(gate)]: key } };
  });
}

/** One order, one decision. The job goes on with the last of them, if it was for doubt alone that it rested. */
export async function settleDoubt(
  caller: Caller,
  jobId: string,
  generationId: string,
  choice: Verdict,
): Promise<JobRow> {
  const job = await db().transaction(async (tx) => {
    const row = await lockJob(tx, caller, jobId);
    if (LIVE.includes(row.state)) throw busy("The job is at work; decide when it rests.");
    const doubt = (await listDoubts(tx, jobId)).find((one) => one.generationId === generationId);
    await giveUp(tx, jobId, generationId, choice);
    if (doubt) {
      const upToMicros = choice === "order again" ? doubt.costMicros : undefined;
      const made = { kind: "settle", ...nameOf(doubt), value: choice, generationId, upToMicros } as const;
      await recordDecision(tx, caller, row, made);
    }
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

async function rerun(
  caller: Caller,
  jobId: string,
  change: (tx: Tx, job: JobRow) => Promise<Change>,
): Promise<JobRow> {
  const job = await db().transaction(async (tx) => {
    const row = await lockJob(tx, caller, jobId);
    return reopen(tx, row, await change(tx, row));
  });
  await start(job);
  return job;
}

async function reopen(tx: Tx, row: JobRow, change: Change): Promise<JobRow> {
  const { steps } = await planAfter(row, change, await listKept(tx, row.id));
  const purse = { workspaceId: row.workspaceId, jobId: row.id };
  await releaseJob(tx, purse, row.run);
  const wait = await reserve(tx, purse, row.run + 1, await neededFor(tx, row.id, steps));
  return restartJob(tx, row, { ...change, plan: steps, wait });
}

async function reserve(
  tx: Tx,
  purse: { workspaceId: string; jobId: string },
  run: number,
  micros: number,
): Promise<JobWait | null> {
  const cap = await holdForJob(tx, purse, run, micros);
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

function nameOf({ name, subject }: StepName): StepName {
  return { name, subject };
}

function busy(message: string): AppError {
  return new AppError("conflict", message, { action: "Reload the page to see how the job stands." });
}
