import type { AssetView } from "@/lib/assets/schema";
import type { JobDetail, JobState, JobSummary, StepView } from "@/lib/jobs/schema";

export type Range = { lowMicros: number; highMicros: number };

/** Whether a run may be at work. */
export function isLive(state: JobState): boolean {
  return state === "queued" || state === "running";
}

/** Whether it is over, unless somebody asks for more. */
export function hasEnded(state: JobState): boolean {
  return ["completed", "failed", "canceled"].includes(state);
}

/** Whether steps may be made again: it rests, and nothing about money is in doubt. */
export function canReopen(job: Pick<JobSummary, "state" | "wait">): boolean {
  return hasEnded(job.state) || job.wait?.kind === "choice";
}

/** Whether the job can be made again from this step on: it stopped here, or what it says can be asked anew. */
export function canRetryFrom(job: Pick<JobSummary, "state" | "wait">, step: StepView): boolean {
  return canReopen(job) && !isGate(step) && ["failed", "canceled", "completed"].includes(step.state);
}

/** Everything the job has made, in the order of its steps, oldest first within a step. */
export function assetsOf(job: Pick<JobDetail, "steps">): AssetView[] {
  return job.steps.flatMap((step) => step.assets);
}

/** A step that asks a person. */
export function isGate(step: StepView): boolean {
  return step.kind === "gate";
}

/** Seconds of work so far: the steps' own times, without the hours a person took to choose. */
export function workedSeconds(steps: StepView[], now: number): number {
  const spans = steps
    .filter((step) => step.startedAt !== null && !isGate(step))
    .map((step) => {
      const begin = Date.parse(step.startedAt ?? "");
      const isMoving = step.state === "running" || step.state === "retrying";
      const end = step.finishedAt ? Date.parse(step.finishedAt) : isMoving ? now : begin;
      return [begin, Math.max(begin, end)] as const;
    })
    .sort((a, b) => a[0] - b[0]);
  let total = 0;
  let covered = Number.NEGATIVE_INFINITY;
  for (const [begin, end] of spans) {
    total += Math.max(0, end - Math.max(begin, covered));
    covered = Math.max(covered, end);
  }
  return total / 1000;
}

export function usualSeconds(steps: StepView[]): number {
  return steps.reduce((total, step) => total + step.usualSeconds, 0);
}

/** Seconds between a job's beginning and its end, for the history; null before it began or while it moves. */
export function spanSeconds(job: Pick<JobSummary, "startedAt" | "finishedAt">): number | null {
  if (!job.startedAt || !job.finishedAt) return null;
  return Math.max(0, (Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1000);
}

/** The step that is at work, or the first that has not been made. */
export function currentStep(job: Pick<JobDetail, "steps">): StepView | undefined {
  return (
    job.steps.find((step) => step.state === "running" || step.state === "retrying") ??
    job.steps.find((step) => step.state === "planned")
  );
}

/** Names are kept small: as a row they begin with a capital. */
export function sentence(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a step is called as a row: its name, and of what it is one of several. */
export function titleOf({ name, title }: Pick<StepView, "name" | "title">): string {
  return title ? `${sentence(name)}: ${title}` : sentence(name);
}
