import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useEngines } from "../engine/stage";

const right = globalThis.Date;

describe("a machine whose clock is ten minutes ahead", () => {
  const stage = useEngines();
  beforeAll(async () => {
    process.env.CHAOS_CLOCK_MS = "600000";
    await import("../chaos/faults/clock.mjs");
  });
  afterAll(() => {
    globalThis.Date = right;
    delete process.env.CHAOS_CLOCK_MS;
  });

  it("starts at once what it was sent, and what is to hear of a failure", { timeout: 90_000 }, async () => {
    const { client, ended, start } = stage();
    const heard: string[] = [];
    const fn = client.createFunction(
      {
        id: "failing",
        triggers: [{ event: "go" }],
        retries: 0,
        onFailure: async ({ error }) => {
          heard.push(error.message);
        },
      },
      async () => {
        throw new Error("as it was meant to");
      },
    );
    await start([fn]);
    expect(Date.now() - right.now()).toBeGreaterThan(500_000);
    await client.send({ name: "go", data: {} });
    await ended(2);
    expect(heard).toEqual(["as it was meant to"]);
  });
});
