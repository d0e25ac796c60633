"use client";
import { type JobDetail, type StepView, stepId } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";
import { formatAbout } from "../ui/format-time";
import { Money, MoneyRange } from "../ui/money";
import { useNow } from "../ui/now";
import { Progress } from "../ui/progress";
import { StateLabel } from "../ui/state";
import { Countdown, Elapsed } from "../ui/time";
import type { JobDesk } from "./acts";
import { AgainButton } from "./again-button";
import { Attempts } from "./attempts";
import { modelName, type Names, providerName } from "./model-name";
import { OrderNotes } from "./order-notes";
import { canReopen, canRetryFrom, isGate, titleOf } from "./reckon";
import { RetryFrom } from "./retry-from";

/** One step: how it stands, how long it took, who made it, what it cost. */
export function StepRow({
  step,
  desk,
  names,
  mayEdit,
}: {
  step: StepView;
  desk: JobDesk;
  names: Names;
  mayEdit: boolean;
}) {
  const isSpent = step.orders.some(({ spent }) => spent);
  const isTakeable = isSpent || (step.repeatable && step.state === "completed");
  const canRepeat = mayEdit && isTakeable && canReopen(desk.job);
  return (
    <li className="grid gap-1.5 px-4 py-3">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 sm:grid-cols-[minmax(0,1fr)_7.5rem_5rem_6.5rem]">
        <div className="min-w-0">
          <h3 className="truncate font-medium text-sm">
            {titleOf(step)}
            {step.take > 0 && <span className="ml-2 text-ink-3 text-xs">take {step.take + 1}</span>}
          </h3>
          <p className="truncate text-ink-3 text-xs">
            {isGate(step)
              ? whoChooses(step, desk.job)
              : step.kind === "local"
                ? "On this machine"
                : [
                    step.model && modelName(names, step.model),
                    step.provider && providerName(names, step.provider),
                  ]
                    .filter(Boolean)
                    .join(" · ")}
          </p>
        </div>
        <StateLabel state={step.state} className="max-sm:justify-self-end" />
        <span className="figures text-ink-2 text-sm sm:text-right">
          <StepTime step={step} />
        </span>
        <span className="justify-self-end text-sm">
          <StepCost step={step} />
        </span>
      </div>
      {step.progress !== null && step.state === "running" && (
        <Progress value={step.progress} label={`${titleOf(step)}, how far it is`} />
      )}
      <Trouble step={step} names={names} />
      <OrderNotes step={step} />
      <Attempts step={step} names={names} />
      {canRepeat ? (
        <NewTake step={step} desk={desk} />
      ) : (
        mayEdit && canRetryFrom(desk.job, step) && <RetryFrom step={step} desk={desk} />
      )}
    </li>
  );
}

function whoChooses(step: StepView, { input, choices }: JobDetail): string {
  if (!step.isChoice) return "You approve";
  return input.chooseAutomatically && !choices[stepId(step)] ? "The first is taken" : "You choose";
}

function StepTime({ step }: { step: StepView }) {
  if (isGate(step)) return null;
  if (step.startedAt && step.state !== "planned" && step.state !== "waiting") {
    if (step.finishedAt || step.state === "running" || step.state === "retrying")
      return <Elapsed startedAt={step.startedAt} finishedAt={step.finishedAt} />;
  }
  if (step.state !== "planned" || step.usualSeconds === 0) return null;
  return <span className="whitespace-nowrap text-ink-3 text-xs">{formatAbout(step.usualSeconds)}</span>;
}

function StepCost({ step }: { step: StepView }) {
  if (isGate(step)) return null;
  if (step.costMicros > 0 || ["completed", "failed", "canceled"].includes(step.state))
    return <Money micros={step.costMicros} paid={step.quoteHighMicros > 0} />;
  const { quoteLowMicros, quoteHighMicros } = step;
  if (quoteHighMicros === 0) return <span className="text-ink-3">free</span>;
  return (
    <MoneyRange lowMicros={quoteLowMicros} highMicros={quoteHighMicros} className="text-ink-3 text-xs" />
  );
}

/** Why it is being tried again and when; or what it failed of. */
function Trouble({ step, names }: { step: StepView; names: Names }) {
  if (step.error && (step.state === "retrying" || step.state === "failed")) {
    return (
      <p className="text-ink-2 text-xs">
        {step.error.provider && `${providerName(names, step.error.provider)}: `}
        {step.error.message}{" "}
        {step.state === "retrying" && (
          <span className="text-state-running">
            Attempt {step.attempts + 1}
            {step.retryAt ? <Due at={step.retryAt} /> : ""}. Nothing is paid twice.
          </span>
        )}
        {step.state === "failed" && step.attempts > 1 && `After ${step.attempts} attempts.`}
      </p>
    );
  }
  if (step.attempts > 1 && step.state !== "planned")
    return <p className="text-ink-3 text-xs">At the {ordinal(step.attempts)} attempt.</p>;
  return null;
}

function Due({ at }: { at: string }) {
  const now = useNow(1);
  if (Date.parse(at) <= now) return " is about to begin";
  return (
    <>
      {" in "}
      <Countdown to={at} />
    </>
  );
}

function NewTake({ step, desk }: { step: StepView; desk: JobDesk }) {
  if (!step.again) return null;
  const { own, following } = step.again;
  const explanation =
    following.highMicros === 0
      ? "Makes this step once more. The takes before stay."
      : `Makes this step once more; what depends on it follows (${formatRange(following.lowMicros, following.highMicros)}). The takes before stay.`;
  return (
    <AgainButton
      label="New take"
      cost={own}
      explanation={explanation}
      disabled={desk.busy}
      onClick={() => desk.newTake(step)}
    />
  );
}

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}
