import { db } from "@/lib/db";
import { keepResult, listKept, lockRun, type StepRef, storePlan } from "@/lib/jobs";
import { type CapReached, neededFor, raiseHoldForJob } from "@/lib/studio";
import { type Run, RunOver } from "./durable";
import { plan, priceOf } from "./plan";
import type { Program } from "./program";

/**
 * Keeps a step's result and, in the same transaction, plans the job anew: what was forecast is now known. Where more
 * is to be made than was reserved, the hold is raised; what stands in the way of that is returned.
 */
export async function keepAndReplan<I>(
  { jobId, run }: Run,
  ref: StepRef,
  result: unknown,
  program: Program<I>,
): Promise<CapReached | null> {
  return db().transaction(async (tx) => {
    const job = await lockRun(tx, jobId, run);
    if (!job) throw new RunOver();
    await keepResult(tx, ref, result);
    const { steps } = await plan(program, { ...job, input: job.input as I }, await listKept(tx, jobId));
    await storePlan(tx, job, steps);
    const needed = await neededFor(tx, jobId, steps);
    return raiseHoldForJob(tx, { workspaceId: job.workspaceId, jobId }, `${ref.key}:r${run}`, needed);
  });
}

/** What all that is still to be made may cost, as planned now. */
export async function priceOfRest<I>({ jobId, run }: Run, program: Program<I>): Promise<number> {
  return db().transaction(async (tx) => {
    const job = await lockRun(tx, jobId, run);
    if (!job) throw new RunOver();
    const { steps } = await plan(program, { ...job, input: job.input as I }, await listKept(tx, jobId));
    return priceOf(steps).highMicros;
  });
}
