import { type GetStepTools, NonRetriableError, RetryAfterError } from "inngest";
import { databaseNow, db } from "@/lib/db";
import { toAppError, toRecord } from "@/lib/errors";
import { noteFailure, type StepRef, touchJob } from "@/lib/jobs";
import { type Pipeline, stepId } from "@/lib/jobs/schema";
import { log, withLogIds } from "@/lib/log";
import { reportUnexpected, span } from "@/lib/telemetry";
import type { inngest } from "./client";

export type StepTools = GetStepTools<typeof inngest>;

/** Which run of which job is at work, and in which attempt of its current step. */
export type Run = {
  jobId: string;
  run: number;
  pipeline: Pipeline;
  attempt: number;
  maxAttempts: number;
  tools: StepTools;
};

/** Thrown outside steps when this run is no longer wanted: the job was canceled, or runs anew. */
export class RunOver extends Error {}

/** How often a step that failed is tried again. */
export const RETRIES = 5;

/** Also how soon local work stops when its job is canceled. */
const HEARTBEAT_MS = 5_000;
const BACKOFF_SECONDS = [2, 8, 30, 90, 240];

/**
 * One durable step of Inngest, with what is the same for all: a sign of life while it works, its failed attempts
 * noted with their reason, permanent errors not tried again, throttled ones after as long as was asked for.
 */
export async function durable<T>(
  run: Run,
  id: string,
  ref: StepRef | null,
  work: (isWanted: boolean, signal: AbortSignal) => Promise<T>,
  { whateverBecomesOfTheJob = false } = {},
): Promise<T> {
  const trace = { job: run.jobId, run: run.run };
  const ids = { ...trace, pipeline: run.pipeline, step: ref ? stepId(ref) : id, attempt: run.attempt + 1 };
  const attempt = async () => {
    const isWanted = await touchJob(db(), run.jobId, run.run);
    if (!isWanted && !whateverBecomesOfTheJob) return { over: true as const };
    const stopping = new AbortController();
    const heartbeat = setInterval(async () => {
      const goesOn = await touchJob(db(), run.jobId, run.run).catch((err) => {
        log.warn({ err }, "heartbeat failed");
        return true;
      });
      if (!goesOn) stopping.abort(new RunOver());
    }, HEARTBEAT_MS);
    try {
      return { value: await work(isWanted, stopping.signal) };
    } catch (thrown) {
      if (thrown instanceof RunOver || (stopping.signal.aborted && !whateverBecomesOfTheJob))
        return { over: true as const };
      throw await failed(run, isWanted ? ref : null, thrown);
    } finally {
      clearInterval(heartbeat);
    }
  };
  // Spans are told apart by what they do, not by what they do it to.
  const name = id.replace(/\.\d+$/, "").replace(ref?.subject ? `/${ref.subject}` : "", "");
  const traced = () => span(name, {}, attempt, trace);
  const outcome = await run.tools.run(id, () => withLogIds(ids, traced));
  if ("over" in outcome) throw new RunOver();
  return (outcome as { value: T }).value;
}

async function failed(run: Run, ref: StepRef | null, thrown: unknown): Promise<Error> {
  const error = toAppError(thrown);
  const isLast = error.retry === "never" || run.attempt + 1 >= run.maxAttempts;
  const waitSeconds = error.retryAfterSeconds ?? BACKOFF_SECONDS[Math.min(run.attempt, 4)] ?? 240;
  log.warn({ provider: error.provider, code: error.code, err: thrown }, "a step failed");
  reportUnexpected(thrown);
  if (ref) {
    const retryAt = isLast ? null : new Date((await databaseNow()).getTime() + waitSeconds * 1000);
    await noteFailure(db(), ref, toRecord(error, ref.name), retryAt);
  }
  if (error.retry === "never") return new NonRetriableError(error.message, { cause: error });
  return new RetryAfterError(error.message, waitSeconds * 1000, { cause: error });
}
