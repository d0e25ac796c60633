import { db } from "@/lib/db";
import type { ErrorRecord } from "@/lib/errors";
import { beginRun, completeJob, failJob, LIVE, lastError, restJob } from "@/lib/jobs";
import type { Pipeline } from "@/lib/jobs/schema";
import { log } from "@/lib/log";
import { releaseJob } from "@/lib/studio";
import { reportUnexpected } from "@/lib/telemetry";
import { inngest } from "./client";
import { durable, RETRIES, type Run, RunOver } from "./durable";
import { canceled, requested } from "./events";
import type { OrderForm } from "./orders/form";
import type { Program } from "./program";
import { Rest, toolsFor } from "./tools";
import { traceRun } from "./trace-run";

/**
 * A pipeline as an Inngest function. Here is what is the same for all of them: the run begins, rests where a
 * person must decide, completes or fails, and what was reserved and not needed is given back.
 */
export function definePipeline<I>(name: Pipeline, form: OrderForm<I>, program: Program<I>) {
  const fn = inngest.createFunction(
    {
      id: name,
      triggers: [{ event: requested[name] }],
      retries: RETRIES,
      cancelOn: [{ event: canceled, match: "data.jobId" }],
      onFailure: async ({ event, error }) => recordFailure(event.data.event.data as RunData, error),
    },
    async ({ event, step, attempt, maxAttempts }) => {
      const { jobId, run: number, again } = event.data as RunData;
      const job = await step.run("begin", () => begin(jobId, number, again !== undefined));
      if (!job) return { over: true };
      const attempts = { attempt, maxAttempts: maxAttempts ?? RETRIES + 1 };
      const run: Run = { jobId, run: number, pipeline: name, ...attempts, tools: step };
      try {
        await program({ input: job.input as I, ...toolsFor(run, job, program) });
        await durable(run, "finish", null, () => end(run, (tx) => completeJob(tx, jobId, number)));
        return { completed: true };
      } catch (thrown) {
        if (thrown instanceof RunOver) return { over: true };
        if (!(thrown instanceof Rest)) throw thrown;
        await durable(run, "rest", null, () => end(run, (tx) => restJob(tx, jobId, number, thrown.wait)));
        return { rests: thrown.wait.kind };
      }
    },
  );
  return { name, form, program, fn };
}

type RunData = { jobId: string; run: number; again?: number };

async function begin(jobId: string, run: number, isCopy: boolean) {
  const job = await beginRun(db(), jobId, run, isCopy ? ["queued"] : LIVE);
  if (!job) return null;
  log.info({ job: jobId, run, workspace: job.workspaceId, pipeline: job.pipeline }, "a run began");
  const { id, workspaceId, createdBy, takes, choices, input } = job;
  return { id, workspaceId, createdBy, takes, choices, input };
}

async function end(
  { jobId, run }: RunData,
  move: (
    tx: Parameters<Parameters<ReturnType<typeof db>["transaction"]>[0]>[0],
  ) => ReturnType<typeof completeJob>,
): Promise<void> {
  const ended = await db().transaction(async (tx) => {
    const job = await move(tx);
    if (job) await releaseJob(tx, { workspaceId: job.workspaceId, jobId }, run);
    return job;
  });
  if (!ended) return;
  log.info({ job: jobId, run, state: ended.state, code: ended.error?.code }, "a run ended");
  await traceRun(ended);
}

async function recordFailure(data: RunData, error: Error): Promise<void> {
  const noted = await lastError(db(), data.jobId, data.run);
  if (!noted) reportUnexpected(error, { job: data.jobId, run: data.run });
  const record: ErrorRecord = noted ?? {
    code: "internal",
    message: error.message || "The run ended unexpectedly.",
    action: "Press Retry: what is finished is kept and not paid for again.",
    retry: "later",
  };
  await end(data, (tx) => failJob(tx, data.jobId, data.run, record));
}
