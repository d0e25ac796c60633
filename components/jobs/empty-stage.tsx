"use client";
import type { JobDetail, StepView } from "@/lib/jobs/schema";
import { formatAbout } from "../ui/format-time";
import { StateLabel } from "../ui/state";
import { Elapsed } from "../ui/time";
import { currentStep, isLive, titleOf } from "./reckon";

/** Nothing made yet: at work the shape of what will come, with a word on how far it is; at rest only a line. */
export function EmptyStage({
  job,
  shape,
}: {
  job: Pick<JobDetail, "state" | "steps">;
  /** Width over height. */
  shape: number;
}) {
  const step = currentStep(job);
  if (!isLive(job.state)) {
    return (
      <p className="rounded-lg border border-dashed px-6 py-10 text-center text-ink-2 text-sm">
        Nothing has been made yet. What comes first will stand here.
      </p>
    );
  }
  return (
    <div
      className="relative mx-auto flex max-h-[min(56dvh,44rem)] w-full sm:max-h-[min(68dvh,44rem)] items-center justify-center overflow-hidden rounded-lg border bg-surface"
      style={{ aspectRatio: shape }}
    >
      <div aria-hidden="true" className="absolute inset-0 animate-breathe bg-hover/60" />
      <div className="relative grid justify-items-center gap-2 px-6 text-center text-ink-2 text-sm">
        <StateLabel state={job.state} />
        {step && <Underway step={step} />}
      </div>
    </div>
  );
}

function Underway({ step }: { step: StepView }) {
  const usual = `usually ${formatAbout(step.usualSeconds)}`;
  if (!step.startedAt || step.state === "planned")
    return (
      <p>
        First: {step.name}, {usual}.
      </p>
    );
  return (
    <p className="figures">
      {titleOf(step)}: <Elapsed startedAt={step.startedAt} finishedAt={null} />, {usual}
    </p>
  );
}
