import { deepEqual, equal, match, ok } from "node:assert/strict";
import { NonRetriableError, RetryAfterError } from "inngest";
import { conformanceCase } from "../case";

export const errors = [
  conformanceCase("retry then succeed", (s) => {
    s.fn("main", { on: "go", retries: 3 }, async ({ step, attempt }) => {
      const before = await step.run("before", () => s.note("before", "b"));
      const value = await step.run("shaky", () => {
        s.note("shaky", attempt);
        if (attempt < 2) throw new Error("not yet");
        return "at last";
      });
      const after = await step.run("after", () => s.note("after", attempt));
      s.note("end", [before, value, after]);
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), ["b", "at last", 0]);
      deepEqual(s.values("shaky"), [0, 1, 2]);
      equal(s.values("before").length, 1);
      equal(s.values("after").length, 1);
    };
  }),

  conformanceCase("retry out", (s) => {
    const onFailure = async ({
      error,
      event,
    }: {
      error: Error;
      event: { data: Record<string, unknown> };
    }) => {
      const inner = event.data.event as { data: unknown };
      s.note("failed", { message: error.message, fn: event.data.function_id, original: inner.data });
    };
    s.fn("main", { on: "go", retries: 1, onFailure } as never, async ({ step, attempt }) => {
      await step.run("never", () => {
        s.note("never", attempt);
        throw new Error("broken for good");
      });
      s.note("unreachable");
    });
    return async () => {
      await s.send("go", { a: 1 });
      deepEqual(await s.until("failed"), {
        message: "broken for good",
        fn: `conformance-${s.id("main")}`,
        original: { a: 1 },
      });
      deepEqual(s.values("never"), [0, 1]);
      deepEqual(s.values("unreachable"), []);
    };
  }),

  conformanceCase("an error outside of a step", (s) => {
    s.fn("main", { on: "go", retries: 2 }, async ({ step, attempt }) => {
      const kept = await step.run("kept", () => s.note("kept", 1));
      s.note("attempt", attempt);
      if (attempt < 2) throw new Error("outside");
      s.note("end", kept);
    });
    return async () => {
      await s.send("go");
      equal(await s.until("end"), 1);
      equal(s.values("kept").length, 1);
      equal(s.values("attempt").at(-1), 2);
    };
  }),

  conformanceCase("RetryAfterError", (s) => {
    s.fn("main", { on: "go", retries: 3 }, async ({ step, attempt }) => {
      await step.run("later", () => {
        s.note("later", attempt);
        if (attempt === 0) throw new RetryAfterError("busy", "3s");
      });
      s.note("end");
    });
    return async () => {
      await s.send("go");
      await s.until("end");
      const [first = 0, second = 0] = s.times("later");
      // The server counts in whole seconds: up to one of them is lost.
      ok(
        second - first >= 1900 && second - first < 20_000,
        `waited ${second - first} ms for a Retry-After of 3 s`,
      );
      deepEqual(s.values("later"), [0, 1]);
    };
  }),

  conformanceCase("NonRetriableError", (s) => {
    const onFailure = async ({ error }: { error: Error }) => void s.note("failed", error.message);
    s.fn("main", { on: "go", retries: 5, onFailure } as never, async ({ step }) => {
      await step.run("wrong", () => {
        s.note("wrong");
        throw new NonRetriableError("no use trying again");
      });
    });
    return async () => {
      await s.send("go");
      equal(await s.until("failed"), "no use trying again");
      await s.quiet();
      equal(s.values("wrong").length, 1);
    };
  }),

  conformanceCase("NonRetriableError outside of a step", (s) => {
    const onFailure = async ({ error }: { error: Error }) => void s.note("failed", error.message);
    s.fn("main", { on: "go", retries: 5, onFailure } as never, async () => {
      s.note("call");
      throw new NonRetriableError("wrong order");
    });
    return async () => {
      await s.send("go");
      equal(await s.until("failed"), "wrong order");
      await s.quiet();
      equal(s.values("call").length, 1);
    };
  }),

  conformanceCase("catch of a failed step", (s) => {
    s.fn("main", { on: "go", retries: 1 }, async ({ step }) => {
      const result = await step
        .run("wrong", () => {
          s.note("wrong");
          throw new TypeError("cannot be");
        })
        .catch((error: Error) => `caught ${error.message}`);
      const after = await step.run("after", () => s.note("after", `${result}, went on`));
      s.note("end", after);
    });
    return async () => {
      await s.send("go");
      equal(await s.until("end"), "caught cannot be, went on");
      equal(s.values("wrong").length, 2);
      equal(s.values("after").length, 1);
    };
  }),

  conformanceCase("catch of one failed step among parallel ones", (s) => {
    s.fn("main", { on: "go", retries: 0 }, async ({ step }) => {
      const results = await Promise.allSettled([
        step.run("good", () => s.note("good", "good")),
        step.run("bad", () => {
          s.note("bad");
          throw new Error("bad luck");
        }),
      ]);
      s.note(
        "end",
        results.map((r) => (r.status === "fulfilled" ? r.value : (r.reason as Error).message)),
      );
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), ["good", "bad luck"]);
      equal(s.values("good").length, 1);
      equal(s.values("bad").length, 1);
    };
  }),

  conformanceCase("error with cause", (s) => {
    s.fn("main", { on: "go", retries: 0 }, async ({ step }) => {
      try {
        await step.run("wrong", () => {
          throw new Error("the surface", { cause: new RangeError("the depth") });
        });
      } catch (error) {
        const { message, cause } = error as Error & { cause?: Error };
        s.note("end", { message, cause: cause?.message, causeName: cause?.name });
      }
    });
    return async () => {
      await s.send("go");
      deepEqual(await s.until("end"), {
        message: "the surface",
        cause: "the depth",
        causeName: "RangeError",
      });
    };
  }),

  conformanceCase("onFailure has steps of its own", (s) => {
    const onFailure = async ({ error, step }: never) => {
      const { run } = step as { run: (id: string, work: () => unknown) => Promise<unknown> };
      const told = await run("tell", () => s.note("tell", (error as Error).message));
      s.note("end", told);
    };
    s.fn("main", { on: "go", retries: 0, onFailure } as never, async () => {
      throw new Error("fatal");
    });
    return async () => {
      await s.send("go");
      match(String(await s.until("end")), /fatal/);
      equal(s.values("tell").length, 1);
    };
  }),

  ...[
    ["null", null],
    ["undefined", undefined],
    ["a text", "just words"],
    ["zero", 0],
    ["an object", { reason: "busy" }],
  ].flatMap(([name, thrown]) => [
    conformanceCase(`a step throws ${name}`, (s) => {
      const onFailure = async () => void s.note("failed");
      s.fn("main", { on: "go", retries: 1, onFailure } as never, async ({ step }) => {
        await step.run("before", () => s.note("before"));
        await step.run("throw", () => {
          s.note("throw");
          throw thrown;
        });
        await step.run("went on", () => s.note("went on"));
        return "completed";
      });
      return async () => {
        await s.send("go");
        await s.until("failed");
        deepEqual(s.labels("before", "throw", "went on"), ["before", "throw", "throw"]);
      };
    }),
    conformanceCase(`a function throws ${name}`, (s) => {
      const onFailure = async () => void s.note("failed");
      s.fn("main", { on: "go", retries: 1, onFailure } as never, async () => {
        s.note("call");
        throw thrown;
      });
      return async () => {
        await s.send("go");
        await s.until("failed");
        equal(s.values("call").length, 2);
      };
    }),
  ]),
];
