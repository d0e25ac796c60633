import { describe, expect, it } from "vitest";
import { useEngines } from "../engine/stage";

const HALF = "\ud83d";
const ODD = `half ${HALF} and \u0000`;

describe("texts that Postgres does not take", () => {
  const stage = useEngines();

  it.each([
    ["the name of a step", async (step) => step.run(ODD, () => 1)],
    [
      "the names of parallel steps",
      (step) => Promise.all([step.run(ODD, () => 1), step.run(`${ODD}2`, () => 2)]),
    ],
    ["a result", async (step) => step.run("a", () => ({ [ODD]: ODD }))],
    ["the name of a sleep", async (step) => step.sleep(ODD, "1s")],
    [
      "the name of an event that is waited for",
      async (step) => step.waitForEvent("w", { event: ODD, timeout: "1s" }),
    ],
    [
      "the condition of a wait",
      async (step) => step.waitForEvent("w", { event: "e", timeout: "1s", if: `async.data.a == '${ODD}'` }),
    ],
    [
      "an event that is sent",
      async (step) => step.sendEvent("s", { name: ODD, id: ODD, data: { [ODD]: ODD } }),
    ],
    ["the error of a step", (step) => step.run("a", () => fail(ODD)).catch((error: Error) => error.message)],
    [
      "the errors of parallel steps",
      (step) => Promise.allSettled([1, 2].map((n) => step.run(`${n}`, () => fail(ODD)))),
    ],
    [
      "an error as long as a film",
      (step) => step.run("a", () => fail("x".repeat(2e7))).catch((e: Error) => e.name),
    ],
    ["the function's result", async () => ODD],
  ] as [string, (step: Step) => Promise<unknown>][])("in %s: the run ends, completed", async (_, work) => {
    const { client, ended, start } = stage();
    const fn = client.createFunction({ id: "odd", triggers: [{ event: "go" }], retries: 1 }, ({ step }) =>
      work(step as unknown as Step),
    );
    await start([fn]);
    await client.send({ name: "go", data: { odd: ODD } });
    const [run] = await ended(1);
    expect(run?.state).toBe("completed");
  });

  it("in the function's error: the run ends, failed", async () => {
    const { client, ended, start } = stage();
    const fn = client.createFunction({ id: "odd", triggers: [{ event: "go" }], retries: 1 }, () => fail(ODD));
    await start([fn]);
    await client.send({ name: "go" });
    const [run] = await ended(1);
    expect(run?.state).toBe("failed");
  });

  it("become an error of their step where the database refuses them all the same", {
    timeout: 30_000,
  }, async () => {
    const { client, database, ended, start } = stage();
    const fn = client.createFunction(
      { id: "refused", triggers: [{ event: "go" }], retries: 2 },
      async ({ step }) => {
        const name = (error: Error) => error.message;
        const alone = await step.run("alone", () => "refuse me").catch(name);
        const beside = await Promise.all([
          step.run("one", () => "refuse me").catch(name),
          step.run("two", () => "fine"),
        ]);
        return [alone, ...beside];
      },
    );
    await start([fn]);
    await database.sql`alter table engine.memo add check (data <> '{"data":"refuse me"}')`;
    await client.send({ name: "go" });
    const [run] = await ended(1);
    const [alone, one, two] = JSON.parse(run?.output ?? "[]") as string[];
    expect([alone, one]).toEqual(
      [1, 2].map(() => expect.stringMatching(/^A result cannot be stored: .*check/)),
    );
    expect(two).toBe("fine");
  });

  it("say that a function returned too much", async () => {
    const { client, ended, start } = stage();
    const fn = client.createFunction({ id: "huge", triggers: [{ event: "go" }] }, async () =>
      "x".repeat(5 * 2 ** 20),
    );
    await start([fn]);
    await client.send({ name: "go" });
    const [run] = await ended(1);
    expect(run?.state).toBe("failed");
    expect(run?.output).toMatch(/The function returned more than 4 MB/);
  });
});

type Step = {
  run(id: string, work: () => unknown): Promise<unknown>;
  sleep(id: string, time: string): Promise<unknown>;
  waitForEvent(id: string, options: object): Promise<unknown>;
  sendEvent(id: string, event: object): Promise<unknown>;
};

function fail(message: string): never {
  throw new Error(message);
}
