import { deepEqual, equal, ok } from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { conformanceCase, type Stage } from "../case";

/** Counts how many run at once, over all and per key. */
function busy(s: Stage) {
  const now = new Map<string, number>();
  const most = new Map<string, number>();
  return {
    most: (key: string) => most.get(key) ?? 0,
    work: async (key: string, ms: number) => {
      for (const k of [key, "all"]) {
        now.set(k, (now.get(k) ?? 0) + 1);
        most.set(k, Math.max(most.get(k) ?? 0, now.get(k) ?? 0));
      }
      await pause(ms);
      for (const k of [key, "all"]) now.set(k, (now.get(k) ?? 0) - 1);
      s.note("done", key);
    },
  };
}

export const limits = [
  conformanceCase("concurrency limit", (s) => {
    const { work, most } = busy(s);
    s.fn("main", { on: "go", concurrency: { limit: 2 } }, async ({ step }) => {
      await step.run("work", () => work("x", 700));
    });
    return async () => {
      await Promise.all([1, 2, 3, 4, 5].map((n) => s.send("go", { n })));
      await s.until("done", 5);
      equal(most("all"), 2);
    };
  }),

  conformanceCase("concurrency keys", (s) => {
    const { work, most } = busy(s);
    s.fn("main", { on: "go", concurrency: { limit: 1, key: "event.data.team" } }, async ({ step, event }) => {
      await step.run("work", () => work(event.data.team as string, 1500));
    });
    return async () => {
      await Promise.all(["a", "a", "b", "b"].map((team) => s.send("go", { team })));
      await s.until("done", 4);
      equal(most("a"), 1);
      equal(most("b"), 1);
      ok(most("all") >= 2, "the keys ran one after the other");
    };
  }),

  conformanceCase("concurrency counts running steps, not sleeping runs", (s) => {
    s.fn("main", { on: "go", concurrency: { limit: 1 } }, async ({ step, event }) => {
      await step.run("before", () => s.note("before", event.data.n));
      await step.sleep("nap", "4s");
      s.note("end");
    });
    return async () => {
      const began = Date.now();
      await s.send("go", { n: 1 });
      await s.send("go", { n: 2 });
      await s.until("before", 2);
      ok((s.times("before")[1] ?? 0) - began < 3900, "the second run waited for the first one's sleep");
      await s.until("end", 2);
    };
  }),

  conformanceCase("concurrency counts parallel steps", (s) => {
    const { work, most } = busy(s);
    s.fn("main", { on: "go", concurrency: { limit: 2 } }, async ({ step }) => {
      await Promise.all([1, 2, 3, 4].map((n) => step.run(`work ${n}`, () => work("x", 500))));
      s.note("end");
    });
    return async () => {
      await s.send("go");
      await s.until("end");
      equal(most("all"), 2);
      equal(s.values("done").length, 4);
    };
  }),

  conformanceCase("throttle", (s) => {
    s.fn("main", { on: "go", throttle: { limit: 1, period: "3s" } }, async ({ event }) => {
      s.note("run", event.data.n);
    });
    return async () => {
      for (const n of [1, 2, 3]) await s.send("go", { n });
      await s.until("run", 3);
      const times = s.times("run");
      for (const i of [1, 2]) {
        const gap = (times[i] ?? 0) - (times[i - 1] ?? 0);
        ok(gap > 2000, `run ${i + 1} began ${gap} ms after the one before`);
      }
    };
  }),

  conformanceCase("throttle keys", (s) => {
    s.fn(
      "main",
      { on: "go", throttle: { limit: 1, period: "4s", key: "event.data.team" } },
      async ({ event }) => {
        s.note("run", event.data.team);
      },
    );
    return async () => {
      const began = Date.now();
      for (const team of ["a", "b", "a"]) await s.send("go", { team });
      await s.until("run", 3);
      const [, second = 0, third = 0] = s.times("run");
      ok(second - began < 3500, "one key waited for another");
      ok(third - began > 3000, "a key did not wait for itself");
      equal(s.values("run")[2], "a");
    };
  }),

  conformanceCase("keys of any length and kind, and none", (s) => {
    const { work, most } = busy(s);
    s.fn("main", { on: "go", concurrency: { limit: 1, key: "event.data.team" } }, async ({ step, event }) => {
      await step.run("work", () =>
        work(String("team" in event.data ? event.data.team : "missing").slice(0, 9), 900),
      );
    });
    s.fn("other", { on: "other" }, async () => void s.note("other"));
    return async () => {
      const long = "é".repeat(9000);
      await Promise.all(
        [{ team: long }, { team: long }, {}, {}, { team: null }, { team: null }].map((d) => s.send("go", d)),
      );
      await s.send("other");
      await s.until("other");
      await s.until("done", 6);
      equal(most("é".repeat(9)), 1);
      deepEqual([most("missing"), most("null")], [1, 1]);
      ok(most("all") >= 2, "a missing key waited for another key");
    };
  }),

  conformanceCase("a canceled run leaves its place to the next", (s) => {
    s.fn(
      "main",
      { on: "go", concurrency: { limit: 1 }, cancelOn: [{ event: s.event("stop"), match: "data.n" }] },
      async ({ step, event }) => {
        await step.run("work", async () => {
          s.note("began", event.data.n);
          await pause(2500);
        });
        s.note("end", event.data.n);
      },
    );
    return async () => {
      await s.send("go", { n: 1 });
      await s.until("began");
      await s.send("go", { n: 2 });
      await s.quiet(300);
      await s.send("go", { n: 3 });
      await s.send("stop", { n: 2 });
      await s.until("end", 2);
      deepEqual(s.values("end"), [1, 3]);
    };
  }),
];
