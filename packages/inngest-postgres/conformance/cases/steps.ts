import { deepEqual, equal, ok } from "node:assert/strict";
import { group } from "inngest";
import { conformanceCase } from "../case";

export const steps = [
  conformanceCase("sequence", (s) => {
    s.fn("main", { on: "go" }, async ({ step, event }) => {
      const one = await step.run("one", () => s.note("one", 1));
      const two = await step.run("two", () => s.note("two", { one, given: event.data.given }));
      const three = await step.run("three", () => s.note("three", [one, two]));
      s.note("end", three);
    });
    return async () => {
      await s.send("go", { given: "é\u0000😀" });
      deepEqual(await s.until("end"), [1, { one: 1, given: "é\u0000😀" }]);
      deepEqual(s.labels("one", "two", "three"), ["one", "two", "three"]);
    };
  }),

  conformanceCase("no steps", (s) => {
    s.fn("main", { on: "go" }, async ({ event, runId, attempt }) => {
      s.note("end", { data: event.data, name: event.name, ts: typeof event.ts, run: typeof runId, attempt });
    });
    return async () => {
      await s.send("go", { a: 1 });
      deepEqual(await s.until("end"), {
        data: { a: 1 },
        name: s.event("go"),
        ts: "number",
        run: "string",
        attempt: 0,
      });
    };
  }),

  conformanceCase("values of every JSON kind", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const nothing = await step.run("nothing", () => undefined);
      const nul = await step.run("null", () => null);
      const values = await step.run("values", () => ["", 0, false, 1.5, { z: 1, a: { deep: [null] } }, "ü"]);
      const date = await step.run("date", () => new Date(0));
      s.note("end", { nothing, nul, values, date, keys: Object.keys(values[4] as object) });
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), {
        nothing: null,
        nul: null,
        values: ["", 0, false, 1.5, { z: 1, a: { deep: [null] } }, "ü"],
        date: "1970-01-01T00:00:00.000Z",
        keys: ["z", "a"],
      });
    };
  }),

  conformanceCase("steps in a loop share an id", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const results: number[] = [];
      for (let i = 0; i < 4; i++) results.push(await step.run("turn", () => s.note("turn", i)));
      s.note("end", results);
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), [0, 1, 2, 3]);
      deepEqual(s.values("turn"), [0, 1, 2, 3]);
    };
  }),

  conformanceCase("parallel", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const results = await Promise.all(
        [1, 2, 3, 4].map((n) => step.run(`part ${n}`, () => s.note("part", n * n))),
      );
      const sum = await step.run("sum", () =>
        s.note(
          "sum",
          results.reduce((a, b) => a + b),
        ),
      );
      s.note("end", { results, sum });
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), { results: [1, 4, 9, 16], sum: 30 });
      equal(s.values("part").length, 4);
      equal(s.labels("part", "sum").at(-1), "sum");
    };
  }),

  conformanceCase("parallel steps have their own attempts", (s) => {
    let failures = 0;
    s.fn("main", { on: "go", retries: 3 }, async ({ step, attempt }) => {
      const results = await Promise.all([
        step.run("steady", () => s.note("steady", "ok")),
        step.run("shaky", () => {
          s.note("shaky", attempt);
          if (failures++ < 2) throw new Error("not yet");
          return "at last";
        }),
      ]);
      s.note("end", results);
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), ["ok", "at last"]);
      equal(s.values("steady").length, 1);
      deepEqual(s.values("shaky"), [0, 1, 2]);
    };
  }),

  conformanceCase("race", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const winner = await group.parallel({ mode: "race" }, () =>
        Promise.race([
          step.run("quick", () => s.note("quick", "quick")),
          step.sleep("slow", "10s").then(() => "slow"),
        ]),
      );
      const after = await step.run("after", () => s.note("after", `after ${winner}`));
      s.note("end", after);
    });
    return async () => {
      await s.send("go");
      equal(await s.until("after", 1, 6000), "after quick");
      equal(await s.until("end"), "after quick");
      deepEqual(s.labels("quick", "after"), ["quick", "after"]);
    };
  }),

  conformanceCase("a plain Promise.race goes on when all of it is done", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const winner = await Promise.race([
        step.waitForEvent("answer", { event: s.event("answer"), timeout: "4s" }).then(() => "answer"),
        step.sleep("nap", "1s").then(() => "nap"),
      ]);
      s.note("end", winner);
    });
    return async () => {
      await s.send("go");
      const began = Date.now();
      equal(await s.until("end"), "nap");
      ok(Date.now() - began > 3500, "it went on before the wait was over");
    };
  }),

  conformanceCase("nested parallel", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const branch = async (name: string, length: number) => {
        const parts: string[] = [];
        for (let i = 0; i < length; i++)
          parts.push(await step.run(`${name}${i}`, () => s.note(`${name}${i}`, `${name}${i}`)));
        const inner = await Promise.all(
          ["x", "y"].map((n) => step.run(`${name}${n}`, () => s.note(`${name}${n}`, n))),
        );
        return [...parts, ...inner];
      };
      s.note("end", await Promise.all([branch("a", 1), branch("b", 3)]));
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), [
        ["a0", "x", "y"],
        ["b0", "b1", "b2", "x", "y"],
      ]);
      for (const label of ["a0", "ax", "ay", "b0", "b1", "b2", "bx", "by"])
        equal(s.values(label).length, 1, label);
    };
  }),

  conformanceCase("parallel after sequence after parallel", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      const first = await Promise.all([1, 2].map((n) => step.run(`first ${n}`, () => s.note("first", n))));
      const middle = await step.run("middle", () => s.note("middle", first.length));
      const last = await Promise.all(
        [1, 2, 3].map((n) => step.run(`last ${n}`, () => s.note("last", n + middle))),
      );
      s.note("end", last);
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), [3, 4, 5]);
      deepEqual(s.labels("first", "middle", "last"), ["first", "first", "middle", "last", "last", "last"]);
    };
  }),

  conformanceCase("1,000 steps", (s) => {
    s.fn("main", { on: "go" }, async ({ step }) => {
      let sum = 0;
      for (let i = 0; i < 1000; i++) sum += await step.run(`step ${i}`, () => s.note("step", 1));
      s.note("end", sum);
    });
    return async () => {
      await s.send("go");
      equal(await s.until("end", 1, 120_000), 1000);
      equal(s.values("step").length, 1000);
    };
  }),

  conformanceCase("4 MB output", (s) => {
    const bytes = 4 * 1024 * 1024 - 1024;
    s.fn("main", { on: "go" }, async ({ step }) => {
      const big = await step.run("big", () => "x".repeat(bytes));
      await step.sleep("nap", "1s");
      s.note("end", big.length);
    });
    return async () => {
      await s.send("go");
      equal(await s.until("end", 1, 60_000), bytes);
    };
  }),
];
