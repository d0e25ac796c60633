import type { Inngest } from "inngest";
import { createDefer } from "inngest/experimental";
import { conformanceCase, type Stage } from "../case";

/** An option of a function that must be refused by name when it is registered. */
function option(name: string, config: Record<string, unknown>) {
  return conformanceCase(
    name,
    (s) => {
      s.fn("main", { on: "go", ...config } as never, async () => undefined);
      return async () => undefined;
    },
    "registration",
  );
}

/** A step that must fail the run, saying what is not done. */
function step(name: string, use: (tools: Tools, s: Stage) => unknown) {
  return conformanceCase(
    name,
    (s) => {
      const onFailure = (({ error }: { error: Error }) => s.note("failed", error.message)) as never;
      s.fn("main", { on: "go", retries: 0, onFailure }, async (tools) => {
        await use(tools, s);
        await tools.step.run("after", () => undefined);
      });
      return async () => {
        await s.send("go");
        await s.until("failed");
      };
    },
    "step",
  );
}

type Tools = Parameters<Parameters<Inngest["createFunction"]>[1]>[0];

const createDeferred = (s: Stage) => createDefer(s.client, { id: s.id("deferred") }, async () => undefined);

/** What an Inngest server does and the embedded engine does not: it must say so, clearly and at once. */
export const refused = [
  option("batchEvents", { batchEvents: { maxSize: 10, timeout: "5s" } }),
  option("rateLimit", { rateLimit: { limit: 1, period: "1m" } }),
  option("debounce", { debounce: { period: "3s" } }),
  option("singleton", { singleton: { mode: "skip" } }),
  option("idempotency", { idempotency: "event.data.order" }),
  option("priority", { priority: { run: "100" } }),
  option("timeouts", { timeouts: { finish: "2s" } }),
  option("an option nobody knows", { teleport: true }),
  option("wildcard triggers", { on: [{ event: "shop/*" }] }),
  option("wildcard cancellations", { cancelOn: [{ event: "shop/*" }] }),
  option("jitter of a cron", { on: [{ cron: "* * * * *", jitter: "5s" }] }),
  option("an expression beyond the subset", { on: [{ event: "a", if: "event.data.name.startsWith('a')" }] }),
  conformanceCase(
    "deferred functions",
    (s) => {
      s.functions.push(createDeferred(s) as never);
      return async () => undefined;
    },
    "registration",
  ),
  step("step.fetch", ({ step }) => step.fetch("https://example.com/")),
  step("step.ai.infer", ({ step }) => step.ai.infer("ask", { model: {}, body: {} } as never)),
  step("waitForSignal", ({ step }) => step.waitForSignal("signal", { signal: "x", timeout: "1m" } as never)),
  step("a wait for a wildcard", ({ step }) => step.waitForEvent("any", { event: "shop/*", timeout: "1m" })),
  step("defer", ({ defer }, s) => defer("later", { function: createDeferred(s), data: {} } as never)),
];
