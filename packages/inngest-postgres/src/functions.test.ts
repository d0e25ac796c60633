import { describe, expect, it } from "vitest";
import { nextTick, parseFunction, RegistrationError } from "./functions";
import type { FunctionConfig } from "./protocol";

const PLAIN: FunctionConfig = { id: "app-fn", triggers: [{ event: "go" }], steps: { step: {} } };

describe("registration", () => {
  it("reads what a function asks for", () => {
    const fn = parseFunction({
      ...PLAIN,
      steps: { step: { retries: { attempts: 0 } } },
      concurrency: [{ limit: 2, key: "event.data.team" }, { limit: 0 }],
      throttle: { limit: 3, period: "1m" },
    });
    expect(fn.maxAttempts).toBe(1);
    expect(fn.concurrency).toEqual([{ limit: 2, key: "event.data.team", scope: "fn" }]);
    expect(fn.throttle).toEqual({ limit: 3, burst: 0, periodMs: 60_000, key: undefined });
    expect(parseFunction(PLAIN).maxAttempts).toBe(4);
  });

  it.each<[string, object, RegExp]>([
    ["batching", { batchEvents: { maxSize: 2 } }, /"batchEvents"/],
    ["rate limits", { rateLimit: { limit: 1, period: "1m" } }, /"rateLimit"/],
    ["debouncing", { debounce: { period: "1s" } }, /"debounce"/],
    ["singletons", { singleton: { mode: "skip" } }, /"singleton"/],
    ["priorities", { priority: { run: "1" } }, /"priority"/],
    ["idempotency", { idempotency: "event.data.id" }, /"idempotency"/],
    ["timeouts", { timeouts: { finish: "1s" } }, /"timeouts"/],
    ["what it has never heard of", { teleport: true }, /"teleport"/],
    [
      "what it has never heard of within",
      { throttle: { limit: 1, period: "1s", warp: 9 } },
      /"throttle.warp"/,
    ],
    ["wildcard triggers", { triggers: [{ event: "shop/*" }] }, /wildcards/],
    ["wildcard cancellations", { cancel: [{ event: "shop/*" }] }, /wildcards/],
    ["events that only a server sends", { triggers: [{ event: "inngest/deferred.schedule" }] }, /deferred/],
    [
      "a trigger it cannot evaluate",
      { triggers: [{ event: "go", expression: "has(event.data.x)" }] },
      /trigger.if/,
    ],
    ["a key it cannot evaluate", { concurrency: { limit: 1, key: "user.id" } }, /concurrency.key/],
    ["a cron that is none", { triggers: [{ cron: "every day" }] }, /cron expression/],
    ["jitter", { triggers: [{ cron: "* * * * *", jitter: "5s" }] }, /jitter/],
    ["a duration that is none", { throttle: { limit: 1, period: "soon" } }, /throttle.period/],
  ])("refuses %s by name", (_, config, message) => {
    const parse = () => parseFunction({ ...PLAIN, ...config });
    expect(parse).toThrow(RegistrationError);
    expect(parse).toThrow(message);
    expect(parse).toThrow(/app-fn/);
  });

  it("knows the zone of a cron", () => {
    const paris = nextTick("TZ=Europe/Paris 0 12 * * *");
    expect(paris.getUTCHours()).toBeGreaterThanOrEqual(10);
    expect(paris.getUTCHours()).toBeLessThanOrEqual(11);
    expect(nextTick("0 12 * * *").getUTCHours()).toBe(12);
  });
});
