import { deepEqual, equal, ok } from "node:assert/strict";
import { conformanceCase } from "../case";

export const waits = [
  conformanceCase("sleep", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      await step.run("before", () => s.note("before"));
      await step.sleep("nap", "2s");
      await step.run("after", () => s.note("after"));
      s.note("end");
    });
    return async () => {
      await s.send("go");
      await s.until("end");
      const slept = (s.times("after")[0] ?? 0) - (s.times("before")[0] ?? 0);
      ok(slept >= 1900 && slept < 6000, `slept ${slept} ms`);
      equal(s.values("before").length, 1);
    };
  }),

  conformanceCase("sleepUntil", (s) => {
    s.fn("main", { on: "go" }, async ({ step, event }) => {
      await step.sleepUntil("until", new Date(event.data.at as number));
      await step.sleepUntil("past", new Date(0));
      s.note("end");
    });
    return async () => {
      const at = Date.now() + 3000;
      await s.send("go", { at });
      await s.until("end");
      const late = (s.times("end")[0] ?? 0) - at;
      ok(late >= -100 && late < 4000, `woke ${late} ms after the time`);
    };
  }),

  conformanceCase("waitForEvent match", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      s.note("began");
      const answer = await step.waitForEvent("answer", {
        event: s.event("answer"),
        match: "data.order",
        timeout: "1m",
      });
      s.note("end", { data: answer?.data, name: answer?.name });
    });
    return async () => {
      await s.send("go", { order: 7 });
      await s.until("began");
      await s.quiet(1500);
      await s.send("answer", { order: 8, text: "not this" });
      await s.quiet(800);
      deepEqual(s.values("end"), []);
      await s.send("answer", { order: 7, text: "this" });
      deepEqual(await s.until("end"), { data: { order: 7, text: "this" }, name: s.event("answer") });
    };
  }),

  conformanceCase("waitForEvent if", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      s.note("began");
      const answer = await step.waitForEvent("answer", {
        event: s.event("answer"),
        if: "async.data.order == event.data.order && (async.data.amount > 10 || async.data.gift == true) && async.data.state != 'void'",
        timeout: "1m",
      });
      s.note("end", answer?.data);
    });
    return async () => {
      await s.send("go", { order: "a" });
      await s.until("began");
      await s.quiet(1500);
      await s.send("answer", { order: "a", amount: 5, state: "paid" });
      await s.send("answer", { order: "a", amount: 50, state: "void" });
      await s.send("answer", { order: "b", amount: 50, state: "paid" });
      await s.quiet(800);
      await s.send("answer", { order: "a", amount: 11, state: "paid" });
      deepEqual(await s.until("end"), { order: "a", amount: 11, state: "paid" });
    };
  }),

  conformanceCase("waitForEvent timeout", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const answer = await step.waitForEvent("answer", { event: s.event("answer"), timeout: "2s" });
      s.note("end", answer);
    });
    return async () => {
      await s.send("go");
      equal(await s.until("end"), null);
    };
  }),

  conformanceCase("an event sent before the wait", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const answer = await step.waitForEvent("answer", { event: s.event("answer"), timeout: "3s" });
      s.note("end", answer);
    });
    return async () => {
      await s.send("answer", { early: true });
      await s.quiet(1000);
      await s.send("go");
      equal(await s.until("end"), null);
    };
  }),

  conformanceCase("one event ends many waits", (s) => {
    s.fn("main", { on: "go" }, async ({ step, event }) => {
      s.note("began");
      const answer = await step.waitForEvent("answer", { event: s.event("answer"), timeout: "1m" });
      s.note("end", `${event.data.n}: ${answer?.data.text}`);
    });
    return async () => {
      await Promise.all([1, 2, 3].map((n) => s.send("go", { n })));
      await s.until("began", 3);
      await s.quiet(1500);
      await s.send("answer", { text: "all" });
      await s.until("end", 3);
      deepEqual(s.values("end").sort(), ["1: all", "2: all", "3: all"]);
    };
  }),

  conformanceCase("a wait beside a step", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const [answer, value] = await Promise.all([
        step.waitForEvent("answer", { event: s.event("answer"), timeout: "1m" }),
        step.run("work", () => s.note("work", 42)),
      ]);
      s.note("end", [answer?.data, value]);
    });
    return async () => {
      await s.send("go");
      await s.until("work");
      await s.quiet(1500);
      await s.send("answer", { n: 1 });
      deepEqual(await s.until("end"), [{ n: 1 }, 42]);
      equal(s.values("work").length, 1);
    };
  }),

  conformanceCase("cancelOn", (s) => {
    s.fn(
      "main",
      { on: "go", cancelOn: [{ event: s.event("stop"), match: "data.id" }] },
      async ({ step, event }) => {
        await step.run("before", () => s.note("before", event.data.id));
        await step.sleep("nap", "4s");
        await step.run("after", () => s.note("after", event.data.id));
      },
    );
    return async () => {
      await s.send("go", { id: "a" });
      await s.send("go", { id: "b" });
      await s.until("before", 2);
      await s.quiet(1000);
      await s.send("stop", { id: "a" });
      await s.until("after");
      await s.quiet(2500);
      deepEqual(s.values("after"), ["b"]);
    };
  }),

  conformanceCase("cancelOn takes effect between steps", (s) => {
    s.fn(
      "main",
      { on: "go", cancelOn: [{ event: s.event("stop"), if: "async.data.id == event.data.id" }] },
      async ({ step }) => {
        await step.run("long", async () => {
          s.note("long began");
          await new Promise((resolve) => setTimeout(resolve, 3000));
          s.note("long ended");
        });
        await step.run("next", () => s.note("next"));
      },
    );
    return async () => {
      await s.send("go", { id: 1 });
      await s.until("long began");
      await s.send("stop", { id: 1 });
      await s.until("long ended");
      await s.quiet(3000);
      deepEqual(s.values("next"), []);
      equal(s.values("long began").length, 1);
    };
  }),

  conformanceCase("a sleep of nothing", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      await step.sleep("none", 0);
      await step.run("after", () => s.note("after"));
      s.note("end");
    });
    return async () => {
      await s.send("go");
      await s.until("end");
      equal(s.values("after").length, 1);
    };
  }),

  conformanceCase("waitForEvent for a literal", (s) => {
    s.fn("main", { on: "go" }, async ({ step, event }) => {
      s.note("began");
      const answer = await step.waitForEvent("answer", {
        event: s.event("answer"),
        if: `async.data.order == '${event.data.order}' && async.data.state == "paid"`,
        timeout: "1m",
      });
      s.note("end", answer?.data);
    });
    return async () => {
      await s.send("go", { order: "order-7" });
      await s.until("began");
      await s.quiet(1500);
      await s.send("answer", { order: "order-8", state: "paid" });
      await s.send("answer", { order: "order-7", state: "void" });
      await s.quiet(800);
      deepEqual(s.values("end"), []);
      await s.send("answer", { order: "order-7", state: "paid" });
      deepEqual(await s.until("end"), { order: "order-7", state: "paid" });
    };
  }),

  conformanceCase("cancelOn for a literal", (s) => {
    const onStop = [{ event: s.event("stop"), if: "async.data.all == 'yes'" }];
    s.fn("main", { on: "go", cancelOn: onStop }, async ({ step, event }) => {
      await step.run("before", () => s.note("before"));
      await step.sleep("nap", "5s");
      await step.run("after", () => s.note("after", event.data.n));
    });
    return async () => {
      await s.send("go", { n: 1 });
      await s.until("before");
      await s.quiet(1000);
      await s.send("stop", { all: "no" });
      await s.until("after");
      await s.send("go", { n: 2 });
      await s.until("before", 2);
      await s.quiet(1000);
      await s.send("stop", { all: "yes" });
      await s.quiet(6500);
      deepEqual(s.values("after"), [1]);
    };
  }),
];
