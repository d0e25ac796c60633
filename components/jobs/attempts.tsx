"use client";
import type { StepView } from "@/lib/jobs/schema";
import { formatDuration } from "../ui/format-time";
import { useNow } from "../ui/now";
import { Countdown, RelativeTime } from "../ui/time";
import { type Names, providerName } from "./model-name";

/** What a step waits for at its provider, and why earlier attempts did not succeed. */
export function Attempts({ step, names }: { step: StepView; names: Names }) {
  const { failures, lookingIn } = step;
  return (
    <>
      {lookingIn && (
        <p className="text-ink-3 text-xs">
          {step.provider ? providerName(names, step.provider) : "The provider"} is making it
          {lookingIn.looks > 0 && `; looked ${lookingIn.looks === 1 ? "once" : `${lookingIn.looks} times`}`}
          <NextLook at={lookingIn.nextAt} />.
        </p>
      )}
      {failures.length > 0 && (
        <details className="text-xs">
          <summary className="w-fit cursor-pointer text-ink-3 hover:text-ink">
            {failures.length === 1 ? "One failed attempt" : `${failures.length} failed attempts`}
          </summary>
          <ol className="mt-1.5 grid gap-1.5 border-l pl-3">
            {failures.map((failure) => (
              <li key={failure.id} className="grid gap-0.5">
                <span className="text-ink-2">
                  {failure.provider && `${providerName(names, failure.provider)}: `}
                  {failure.message}
                </span>
                <span className="text-ink-3">
                  <RelativeTime iso={failure.at} />
                  {failure.run > 1 && ` · run ${failure.run}`} ·{" "}
                  {failure.retryAt
                    ? `tried again after ${formatDuration(secondsBetween(failure.at, failure.retryAt))}`
                    : "trying again by itself would not have helped"}
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function NextLook({ at }: { at: string | null }) {
  const now = useNow(1);
  if (!at || Date.parse(at) <= now) return null;
  return (
    <>
      , looks again in <Countdown to={at} />
    </>
  );
}

function secondsBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 1000);
}
