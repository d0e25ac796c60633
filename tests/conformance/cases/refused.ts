import { conformanceCase } from "../case";

/** What an Inngest server does and the embedded engine does not: it must say so, clearly and at once. */
export const refused = [
  conformanceCase(
    "batch events",
    (s) => {
      s.fn("main", { on: "go", batchEvents: { maxSize: 10, timeout: "5s" } }, async () => undefined);
      return async () => undefined;
    },
    "registration",
  ),
  conformanceCase(
    "an expression beyond the subset",
    (s) => {
      s.fn(
        "main",
        { on: [{ event: s.event("go"), if: "event.data.name.startsWith('a')" }] },
        async () => undefined,
      );
      return async () => undefined;
    },
    "registration",
  ),
  conformanceCase(
    "step.fetch",
    (s) => {
      s.fn(
        "main",
        {
          on: "go",
          retries: 0,
          onFailure: (({ error }: { error: Error }) => s.note("failed", error.message)) as never,
        },
        async ({ step }) => {
          await step.fetch("https://example.com/");
        },
      );
      return async () => {
        await s.send("go");
        await s.until("failed");
      };
    },
    "step",
  ),
  conformanceCase(
    "waitForSignal",
    (s) => {
      s.fn(
        "main",
        {
          on: "go",
          retries: 0,
          onFailure: (({ error }: { error: Error }) => s.note("failed", error.message)) as never,
        },
        async ({ step }) => {
          await step.waitForSignal("signal", { signal: "x", timeout: "1m" } as never);
        },
      );
      return async () => {
        await s.send("go");
        await s.until("failed");
      };
    },
    "step",
  ),
];
