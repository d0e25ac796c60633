"use client";
import type { StepView } from "@/lib/jobs/schema";
import type { JobDesk } from "./acts";
import { AgainButton } from "./again-button";

/** Makes the job again from this step on; the price is of this step and all that may follow. */
export function RetryFrom({ step, desk }: { step: StepView; desk: JobDesk }) {
  if (!step.again) return null;
  const { own, following } = step.again;
  const low = own.lowMicros + (step.state === "completed" ? 0 : following.lowMicros);
  const high = own.highMicros + following.highMicros;
  const explanation =
    step.state === "completed"
      ? "Makes this step once more, and after it what depends on it. Steps before it are kept."
      : "Makes this step, and what follows it. Steps before it are kept, and not paid for again.";
  return (
    <AgainButton
      label="Retry from here"
      cost={{ lowMicros: low, highMicros: high }}
      explanation={explanation}
      disabled={desk.busy}
      onClick={() => desk.retryFrom(step)}
    />
  );
}
