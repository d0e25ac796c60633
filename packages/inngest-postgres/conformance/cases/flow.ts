import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { conformanceCase } from "../case";

export const flow = [
  conformanceCase("sendEvent", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const sent = await step.sendEvent("tell", [
        { name: s.event("told"), data: { n: 1 } },
        { name: s.event("told"), data: { n: 2 } },
      ]);
      s.note("sent", sent.ids.length);
    });
    s.fn("listener", { on: "told" }, async ({ event }) => void s.note("told", event.data.n));
    return async () => {
      await s.send("go");
      await s.until("told", 2);
      equal(await s.until("sent"), 2);
      await s.quiet(1500);
      deepEqual(s.values("told").sort(), [1, 2]);
    };
  }),

  conformanceCase("one event starts every function it concerns", (s) => {
    s.fn("first", { on: "go" }, async () => void s.note("first"));
    s.fn("second", { on: "go" }, async () => void s.note("second"));
    s.fn(
      "picky",
      { on: [{ event: s.event("go"), if: "event.data.n > 5" }] },
      async () => void s.note("picky"),
    );
    return async () => {
      await s.send("go", { n: 1 });
      await s.until("first");
      await s.until("second");
      await s.send("go", { n: 9 });
      await s.until("picky");
      await s.quiet(1500);
      deepEqual([s.values("first").length, s.values("second").length, s.values("picky").length], [2, 2, 1]);
    };
  }),

  conformanceCase("an event id counts once", (s) => {
    s.fn("main", { on: "go" }, async ({ event }) => void s.note("run", event.data.n));
    return async () => {
      const id = `once-${Date.now()}`;
      await s.send("go", { n: 1 }, id);
      await s.until("run");
      await s.send("go", { n: 2 }, id);
      await s.send("go", { n: 3 }, `${id}-other`);
      await s.until("run", 2);
      await s.quiet();
      deepEqual(s.values("run"), [1, 3]);
    };
  }),

  conformanceCase("invoke", (s) => {
    const double = s.fn("double", {}, async ({ event, step }) => {
      const result = await step.run("double", () => s.note("double", (event.data.n as number) * 2));
      return { result };
    });
    s.fn("main", { on: "go" }, async ({ step }) => {
      const first = await step.invoke("first", { function: double, data: { n: 4 } });
      const both = await Promise.all(
        [1, 2].map((n) => step.invoke(`both ${n}`, { function: double, data: { n } })),
      );
      s.note("end", [first, ...both]);
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), [{ result: 8 }, { result: 2 }, { result: 4 }]);
      equal(s.values("double").length, 3);
    };
  }),

  conformanceCase("invoke of a failing function", (s) => {
    const broken = s.fn("broken", { retries: 0 }, async () => {
      throw new Error("the inside is broken");
    });
    s.fn("main", { on: "go", retries: 0 }, async ({ step }) => {
      const result = await step
        .invoke("ask", { function: broken, data: {} })
        .catch((error: Error) => error.message);
      s.note("end", result);
    });
    return async () => {
      await s.send("go");
      match(String(await s.until("end")), /the inside is broken/);
    };
  }),

  conformanceCase("function.finished starts a function", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => step.run("work", () => "the result"));
    s.fn(
      "after",
      {
        on: [
          {
            event: "inngest/function.finished",
            if: `event.data.function_id == 'conformance-${s.id("main")}'`,
          },
        ],
      },
      async ({ event }) => {
        const data = event.data as { result?: unknown; event?: { data?: unknown } };
        s.note("end", { result: data.result, given: data.event?.data });
      },
    );
    return async () => {
      await s.send("go", { a: 1 });
      deepEqual(await s.until("end"), { result: "the result", given: { a: 1 } });
    };
  }),

  conformanceCase("cron", (s) => {
    s.fn("main", { on: [{ cron: "* * * * *" }] }, async ({ event, step }) => {
      await step.run("tick", () => s.note("tick", event.name));
    });
    return async () => {
      equal(await s.until("tick", 1, 75_000), "inngest/scheduled.timer");
    };
  }),

  conformanceCase("an event of the future", (s) => {
    s.fn("main", { on: "go" }, async () => void s.note("run"));
    return async () => {
      const ts = Date.now() + 4000;
      await s.client.send({ name: s.event("go"), data: {}, ts });
      await s.until("run");
      const late = (s.times("run")[0] ?? 0) - ts;
      ok(late >= -100 && late < 4000, `ran ${late} ms after the time`);
    };
  }),

  conformanceCase("events that are not taken", (s) => {
    s.fn("main", { on: "go" }, async () => void s.note("run"));
    return async () => {
      const refused = [
        { name: "inngest/function.finished", data: {} },
        { name: "Inngest/anything", data: {} },
        { name: s.event("go"), data: {}, ts: Date.UTC(2101, 0, 1) },
      ];
      for (const event of refused) await rejects(async () => s.client.send(event), event.name);
      await s.send("go");
      await s.until("run");
      equal(s.values("run").length, 1);
    };
  }),

  conformanceCase("a function without events, invoked", (s) => {
    const asked = s.fn("asked", {}, async ({ event }) => ({ given: event.data.n, name: event.name }));
    s.fn("main", { on: "go" }, async ({ step }) => {
      s.note("end", await step.invoke("ask", { function: asked, data: { n: 4 } }));
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), { given: 4, name: "inngest/function.invoked" });
    };
  }),
];
