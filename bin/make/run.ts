import { cancelJob, submitJob } from "@/inngest";
import { startWorker } from "@/inngest/worker";
import { type Caller, studioCaller } from "@/lib/auth/caller";
import { closeDb, sqlClient } from "@/lib/db";
import { engineKind } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openFirstWorkspace } from "@/lib/workspaces";
import type { Arguments } from "./arguments";
import { errorOf, followJob, statusOf } from "./follow-job";
import { copyOutputs } from "./outputs";
import { type Order, takeFiles } from "./read-order";
import type { Report, Result } from "./report";

/** Orders, waits and fetches, exactly as the studio does; the engine runs in this process where it is embedded. */
export async function make(
  args: Arguments,
  { order, out, report, signal }: { order: Order; out: string; report: Report; signal: AbortSignal },
): Promise<Result> {
  const begun = Date.now();
  const caller = await anyCaller();
  const worker = engineKind() === "embedded" ? await startWorker() : undefined;
  try {
    const input = await takeFiles(caller, order, args);
    const job = await submitJob(caller, { pipeline: args.pipeline, input });
    const record = await followJob(caller, job.id, { report, approve: args.approve, signal });
    if (signal.aborted) await cancelJob(caller, job.id);
    return {
      job: job.id,
      status: signal.aborted ? "failed" : statusOf(record),
      outputs: await copyOutputs(caller, record, out),
      costMicros: record.job.costMicros,
      seconds: (Date.now() - begun) / 1000,
      error: signal.aborted ? { code: "canceled", message: "The job was canceled." } : errorOf(record),
    };
  } finally {
    await worker?.stop();
    await closeDb();
  }
}

/** Works for the oldest workspace; in a studio that has none yet, for the one its first owner will get. */
async function anyCaller(): Promise<Caller> {
  const find = async () =>
    (await sqlClient()<{ id: string }[]>`select id from workspace order by created_at limit 1`)[0];
  const workspace = (await find()) ?? (await openFirstWorkspace()) ?? (await find());
  if (workspace) return studioCaller(workspace.id);
  throw new AppError("internal", "No workspace could be opened.");
}
