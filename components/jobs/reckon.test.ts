import { describe, expect, it } from "vitest";
import type { StepView } from "@/lib/jobs/schema";
import { currentStep, spanSeconds, workedSeconds } from "./reckon";

function step(part: Partial<StepView>): StepView {
  return {
    name: "step",
    subject: "",
    title: "",
    kind: "order",
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
    again: null,
    isChoice: false,
    choices: {},
    assets: [],
    ...part,
  };
}
const at = (seconds: number) => new Date(seconds * 1000).toISOString();

describe("what a job page reckons", () => {
  const steps = [
    step({ name: "make the stills", state: "completed" }),
    step({ name: "choose a still", kind: "gate", model: null, state: "waiting" }),
    step({ name: "read the still" }),
    step({ name: "animate the still" }),
  ];

  it("counts time at work once, also when steps overlap, and never the time a person took", () => {
    const worked = [
      step({ state: "completed", startedAt: at(0), finishedAt: at(10) }),
      step({ state: "waiting", kind: "gate", model: null, startedAt: at(10), finishedAt: null }),
      step({ state: "completed", startedAt: at(5000), finishedAt: at(5010) }),
      step({ state: "running", startedAt: at(5004), finishedAt: null }),
      step({ state: "canceled", startedAt: at(6000), finishedAt: null }),
    ];
    expect(workedSeconds(worked, 5_030_000)).toBe(10 + 30);
    expect(workedSeconds([], 0)).toBe(0);
  });

  it("finds the step at work, else the next one", () => {
    expect(currentStep({ steps })?.name).toBe("read the still");
    const moving = steps.map((one) =>
      one.name === "animate the still" ? { ...one, state: "retrying" as const } : one,
    );
    expect(currentStep({ steps: moving })?.name).toBe("animate the still");
  });

  it("knows how long a job took once it has ended", () => {
    expect(spanSeconds({ startedAt: at(3), finishedAt: at(65) })).toBe(62);
    expect(spanSeconds({ startedAt: at(3), finishedAt: null })).toBeNull();
  });
});
