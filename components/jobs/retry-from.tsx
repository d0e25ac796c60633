"use client";
import { RotateCcw } from "lucide-react";
import type { StepView } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";
import { Button } from "../ui/button";
import { Tooltip } from "../ui/tooltip";
import type { JobDesk } from "./acts";
import { priceOfTake } from "./reckon";

/** Makes the job again from this step on; the price is of this step and all that may follow. */
export function RetryFrom({ step, desk }: { step: StepView; desk: JobDesk }) {
  const { own, following } = priceOfTake(desk.job, step.label);
  const low = own.lowMicros + (step.state === "completed" ? 0 : following.lowMicros);
  const high = own.highMicros + following.highMicros;
  const what =
    step.state === "completed"
      ? "Makes this step once more, and after it what depends on it. Steps before it are kept."
      : "Makes this step, and what follows it. Steps before it are kept, and not paid for again.";
  return (
    <div>
      <Tooltip text={what} side="right">
        <Button
          size="sm"
          variant="quiet"
          className="-ml-2.5"
          disabled={desk.busy}
          onClick={() => desk.retryFrom(step.label)}
        >
          <RotateCcw aria-hidden="true" />
          <span>
            Retry from here <span className="figures">· {high === 0 ? "free" : formatRange(low, high)}</span>
          </span>
        </Button>
      </Tooltip>
    </div>
  );
}
