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

  conformanceCase("rateLimit", (s) => {
    s.fn(
      "main",
      { on: "go", rateLimit: { limit: 1, period: "1m", key: "event.data.key" } },
      async ({ event }) => {
        s.note("run", `${event.data.key}${event.data.n}`);
      },
    );
    return async () => {
      await s.send("go", { key: "a", n: 1 });
      await s.until("run");
      await s.send("go", { key: "a", n: 2 });
      await s.send("go", { key: "b", n: 1 });
      await s.until("run", 2);
      await s.quiet();
      deepEqual(s.values("run"), ["a1", "b1"]);
    };
  }),

  conformanceCase("debounce", (s) => {
    s.fn("main", { on: "go", debounce: { period: "3s", key: "event.data.key" } }, async ({ event }) => {
      s.note("run", event.data.n);
    });
    return async () => {
      for (const n of [1, 2, 3]) {
        await s.send("go", { key: "a", n });
        await s.quiet(600);
      }
      equal(await s.until("run"), 3);
      await s.quiet();
      deepEqual(s.values("run"), [3]);
    };
  }),

  conformanceCase("singleton skip", (s) => {
    s.fn(
      "main",
      { on: "go", singleton: { mode: "skip", key: "event.data.key" } },
      async ({ event, step }) => {
        s.note("began", `${event.data.key}${event.data.n}`);
        await step.sleep("nap", "4s");
        s.note("end", `${event.data.key}${event.data.n}`);
      },
    );
    return async () => {
      await s.send("go", { key: "a", n: 1 });
      await s.until("began");
      await s.send("go", { key: "a", n: 2 });
      await s.send("go", { key: "b", n: 1 });
      await s.until("end", 2);
      await s.quiet();
      deepEqual(s.values("end").sort(), ["a1", "b1"]);
    };
  }),

  conformanceCase("singleton cancel", (s) => {
    s.fn(
      "main",
      { on: "go", singleton: { mode: "cancel", key: "event.data.key" } },
      async ({ event, step }) => {
        await step.run("begin", () => s.note("began", event.data.n));
        await step.sleep("nap", "3s");
        s.note("end", event.data.n);
      },
    );
    return async () => {
      await s.send("go", { key: "a", n: 1 });
      await s.until("began");
      await s.quiet(1000);
      await s.send("go", { key: "a", n: 2 });
      await s.until("end");
      await s.quiet();
      deepEqual(s.values("end"), [2]);
    };
  }),

  conformanceCase("idempotency", (s) => {
    s.fn("main", { on: "go", idempotency: "event.data.order" }, async ({ event }) => {
      s.note("run", event.data.n);
    });
    return async () => {
      const order = `order-${Date.now()}`;
      await s.send("go", { order, n: 1 });
      await s.until("run");
      await s.send("go", { order, n: 2 });
      await s.send("go", { order: `${order}-b`, n: 3 });
      await s.until("run", 2);
      await s.quiet();
      deepEqual(s.values("run"), [1, 3]);
    };
  }),

  conformanceCase("priority", (s) => {
    s.fn(
      "main",
      { on: "go", concurrency: { limit: 1 }, priority: { run: "event.data.vip == true ? 300 : 0" } },
      async ({ step, event }) => {
        await step.run("work", async () => {
          s.note("work", event.data.n);
          await pause(1500);
        });
      },
    );
    return async () => {
      await s.send("go", { n: 1 });
      await s.until("work");
      await s.send("go", { n: 2 });
      await s.send("go", { n: 3 });
      await s.send("go", { n: 4, vip: true });
      await s.until("work", 4);
      equal(s.values("work")[1], 4);
    };
  }),

  conformanceCase("finish timeout", (s) => {
    s.fn("main", { on: "go", timeouts: { finish: "2s" } }, async ({ step }) => {
      await step.run("before", () => s.note("before"));
      await step.sleep("nap", "6s");
      s.note("end");
    });
    return async () => {
      await s.send("go");
      await s.until("before");
      await s.quiet(9000);
      deepEqual(s.values("end"), []);
    };
  }),
];
