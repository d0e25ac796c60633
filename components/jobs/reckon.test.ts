import { describe, expect, it } from "vitest";
import type { StepView } from "@/lib/jobs/schema";
import { currentStep, priceAfter, priceOfTake, spanSeconds, workedSeconds } from "./reckon";

function step(part: Partial<StepView>): StepView {
  return {
    label: "step",
    state: "planned",
    attempts: 0,
    provider: "draft",
    model: "draft:stills",
    costMicros: 0,
    quoteLowMicros: 0,
    quoteHighMicros: 0,
    progress: null,
    retryAt: null,
    startedAt: null,
    finishedAt: null,
    usualSeconds: 0,
    error: null,
    take: 0,
    repeatable: true,
    lookingIn: null,
    failures: [],
    orders: [],
    assets: [],
    ...part,
  };
}
const at = (seconds: number) => new Date(seconds * 1000).toISOString();

describe("what a job page reckons", () => {
  const steps = [
    step({ label: "make the stills", quoteLowMicros: 10, quoteHighMicros: 20, state: "completed" }),
    step({ label: "choose a still", model: null, state: "waiting" }),
    step({ label: "read the still", quoteLowMicros: 1, quoteHighMicros: 2 }),
    step({ label: "animate the still", quoteLowMicros: 100, quoteHighMicros: 300 }),
  ];

  it("prices what follows a gate, and a new take with what depends on it", () => {
    expect(priceAfter({ steps }, "choose a still")).toEqual({ lowMicros: 101, highMicros: 302 });
    expect(priceAfter({ steps }, "no such step")).toEqual({ lowMicros: 0, highMicros: 0 });
    expect(priceOfTake({ steps }, "make the stills")).toEqual({
      own: { lowMicros: 10, highMicros: 20 },
      following: { lowMicros: 101, highMicros: 302 },
    });
  });

  it("counts time at work once, also when steps overlap, and never the time a person took", () => {
    const worked = [
      step({ state: "completed", startedAt: at(0), finishedAt: at(10) }),
      step({ state: "waiting", model: null, startedAt: at(10), finishedAt: null }),
      step({ state: "completed", startedAt: at(5000), finishedAt: at(5010) }),
      step({ state: "running", startedAt: at(5004), finishedAt: null }),
      step({ state: "canceled", startedAt: at(6000), finishedAt: null }),
    ];
    expect(workedSeconds(worked, 5_030_000)).toBe(10 + 30);
    expect(workedSeconds([], 0)).toBe(0);
  });

  it("finds the step at work, else the next one", () => {
    expect(currentStep({ steps })?.label).toBe("read the still");
    const moving = steps.map((one) =>
      one.label === "animate the still" ? { ...one, state: "retrying" as const } : one,
    );
    expect(currentStep({ steps: moving })?.label).toBe("animate the still");
  });

  it("knows how long a job took once it has ended", () => {
    expect(spanSeconds({ startedAt: at(3), finishedAt: at(65) })).toBe(62);
    expect(spanSeconds({ startedAt: at(3), finishedAt: null })).toBeNull();
  });
});
