import { setTimeout as sleep } from "node:timers/promises";
import { approve as approveGate, decide } from "@/inngest";
import type { Caller } from "@/lib/auth/caller";
import type { ErrorRecord } from "@/lib/errors";
import { describeSteps, getJob, type JobRecord } from "@/lib/jobs";
import { type JobWait, stepId } from "@/lib/jobs/schema";
import { formatMoney } from "@/lib/money";
import type { Report, Result } from "./report";

const LOOK_MS = 150;

/** Watches a job's rows until it rests, telling every change; passes free gates when asked to. */
export async function followJob(
  caller: Caller,
  jobId: string,
  { report, approve, signal }: { report: Report; approve: boolean; signal: AbortSignal },
): Promise<JobRecord> {
  const told = new Map<string, string>();
  for (;;) {
    const record = await getJob(caller, jobId);
    tell(record, told, report);
    const { state, wait } = record.job;
    if (approve && state === "waiting" && wait?.kind === "choice" && wait.options[0]) {
      await decide(caller, jobId, wait, wait.options[0]);
    } else if (approve && state === "waiting" && wait?.kind === "approval" && wait.upToMicros === 0) {
      await approveGate(caller, jobId, wait, wait.key);
    } else if (signal.aborted || (state !== "queued" && state !== "running")) {
      return record;
    }
    await sleep(LOOK_MS);
  }
}

function tell(record: JobRecord, told: Map<string, string>, report: Report): void {
  const steps = describeSteps(record);
  const done = steps.filter((step) => step.state === "completed").length;
  for (const { name, subject, title, state } of steps) {
    const id = stepId({ name, subject });
    if (state === "planned" || told.get(id) === state) continue;
    told.set(id, state);
    report.progress({ step: title ? `${name}: ${title}` : name, state, done, of: steps.length });
  }
}

export function statusOf({ job }: JobRecord): Result["status"] {
  if (job.state === "completed") return "completed";
  return job.state === "waiting" || job.state === "paused" ? "paused" : "failed";
}

/** Why it is not completed, with what to do. */
export function errorOf({ job }: JobRecord): Partial<ErrorRecord> | null {
  if (job.state === "completed") return null;
  if (job.state === "canceled") return { code: "canceled", message: "The job was canceled." };
  return (
    job.error ??
    (job.wait ? explainWait(job.wait) : { code: "internal", message: `The job is ${job.state}.` })
  );
}

function explainWait(wait: JobWait): Partial<ErrorRecord> {
  if (wait.kind === "cap")
    return { code: "cap_reached", message: wait.message, action: "An owner can raise the cap." };
  if (wait.kind === "choice") {
    return {
      message: `It waits for your choice (${wait.name}).`,
      action: "Choose in the studio (npm start), or make it with --approve, which takes the first.",
    };
  }
  if (wait.kind === "approval") {
    const cost = wait.upToMicros === 0 ? "" : `; what follows costs up to ${formatMoney(wait.upToMicros)}`;
    return {
      message: `It waits for approval (${wait.name}${cost}).`,
      action: "Approve in the studio (npm start), or with --approve where it costs nothing.",
    };
  }
  return {
    code: "answer_lost",
    message: `It is not known whether ${wait.provider} took the order of “${wait.name}”.`,
    action: "Decide in the studio (npm start) whether to order again.",
  };
}
