import { JOB_STATE_WORDS, type JobState, STEP_STATE_WORDS, type StepState } from "@/lib/jobs/schema";
import { cn } from "./cn";

export type AnyState = JobState | StepState | "planned";

const COLOUR: Record<AnyState, string> = {
  planned: "text-state-planned",
  queued: "text-state-queued",
  running: "text-state-running",
  retrying: "text-state-running",
  waiting: "text-state-waiting",
  paused: "text-state-paused",
  completed: "text-state-completed",
  failed: "text-state-failed",
  canceled: "text-state-canceled",
};

const WORDS: Record<AnyState, string> = { ...STEP_STATE_WORDS, ...JOB_STATE_WORDS, planned: "Planned" };

/** A dot in the colour of the state: hollow before it begins, breathing while it works. */
export function StateDot({ state, className }: { state: AnyState; className?: string }) {
  const hollow = state === "planned" || state === "queued" || state === "canceled";
  return (
    <span
      aria-hidden="true"
      className={cn(
        "inline-block size-2 shrink-0 rounded-full",
        COLOUR[state],
        hollow ? "border-[1.5px] border-current" : "bg-current",
        (state === "running" || state === "retrying") && "animate-breathe",
        className,
      )}
    />
  );
}

/** The state in plain words, with its dot. */
export function StateLabel({ state, className }: { state: AnyState; className?: string }) {
  return (
    <span
      className={cn("inline-flex items-center gap-2 whitespace-nowrap text-sm", COLOUR[state], className)}
    >
      <StateDot state={state} />
      {WORDS[state]}
    </span>
  );
}
