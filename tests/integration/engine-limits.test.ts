import { readStats } from "@kinora/inngest-postgres";
import { describe, expect, it } from "vitest";
import { cleanUp } from "../../packages/inngest-postgres/src/retention";
import { useEngines } from "../engine/stage";

describe("the embedded engine's limits and books", () => {
  const stage = useEngines();

  it("fails a run that goes beyond 1,000 steps, in words", { timeout: 60_000 }, async () => {
    const { client, ended, start } = stage();
    const fn = client.createFunction({ id: "endless", triggers: [{ event: "go" }] }, async ({ step }) => {
      for (let i = 0; ; i++) await step.run(`step ${i}`, () => i);
    });
    await start([fn]);
    await client.send({ name: "go", data: {} });
    const [run] = await ended(1);
    expect(run?.state).toBe("failed");
    expect(JSON.parse(run?.output ?? "")).toMatchObject({ name: "InngestErrFunctionOverflowed" });
  });

  it("turns an output that is too large into an error of its step", async () => {
    const { client, ended, start } = stage();
    const fn = client.createFunction({ id: "large", triggers: [{ event: "go" }], retries: 0 }, ({ step }) =>
      step
        .run("large", () => "x".repeat(4 * 1024 * 1024 + 1))
        .then(
          () => "kept",
          (error: Error) => error.message,
        ),
    );
    await start([fn]);
    await client.send({ name: "go", data: {} });
    const [run] = await ended(1);
    expect(run?.output).toMatch(/more than 4 MB/);
  });

  it("refuses an event that is too large, and stores a repeated request once", async () => {
    const { client, ended, start } = stage();
    const fn = client.createFunction({ id: "count", triggers: [{ event: "go" }] }, async () => undefined);
    await start([fn]);
    await expect(client.send({ name: "go", data: { text: "x".repeat(600_000) } })).rejects.toThrow(/bytes/);
    const request = {
      method: "POST",
      body: '[{"name":"go"},{"name":"go"}]',
      headers: { "x-inngest-event-id-seed": "1700000000000,abc" },
    };
    const send = () => client.fetch("http://embedded.invalid/e/key", request).then((r) => r.json());
    expect(await send()).toEqual(await send());
    await ended(2);
  });

  it("takes events before any engine was started, and brings an older schema up to date", async () => {
    const { client, database, ended, start } = stage();
    await client.send({ name: "go", data: {} });
    await database.sql.unsafe("create function engine.outdated() returns int language sql as 'select 1'");
    await database.sql`update engine.version set procedures = 'of an older version'`;
    const fn = client.createFunction({ id: "first", triggers: [{ event: "go" }] }, async () => "ran");
    await start([fn]);
    expect((await ended(1))[0]?.output).toBe('"ran"');
    expect(await database.sql`select from pg_proc where proname = 'outdated'`).toHaveLength(0);
  });

  it("counts what waits, runs and is set aside", async () => {
    const { client, database, ended, start } = stage();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const held = client.createFunction(
      { id: "held", triggers: [{ event: "hold" }], concurrency: 1 },
      ({ step }) => step.run("hold", () => finished),
    );
    const asleep = client.createFunction({ id: "asleep", triggers: [{ event: "sleep" }] }, ({ step }) =>
      step.sleep("long", "1h"),
    );
    await start([held, asleep]);
    await client.send([{ name: "hold" }, { name: "hold" }, { name: "sleep" }]);
    await expect
      .poll(() => readStats(database.sql), { timeout: 10_000 })
      .toMatchObject({
        due: 0,
        running: 1,
        waiting: 2,
        blocked: 1,
        unroutedEvents: 0,
        oldestDueSeconds: null,
      });
    finish();
    await ended(2);
    expect((await readStats(database.sql)).blocked).toBe(0);
  });

  it("forgets what ended long ago, and only that", async () => {
    const { client, database, ended, start } = stage();
    const fn = client.createFunction({ id: "kept", triggers: [{ event: "go" }] }, ({ step }) =>
      step.run("a", () => 1),
    );
    await start([fn]);
    await client.send([{ name: "go" }, { name: "go" }]);
    const [first, second] = await ended(2);
    await database.sql`update engine.run set ended_at = now() - interval '8 days' where id = ${first?.id ?? ""}`;
    await cleanUp(database.sql, 7);
    const runs = await database.sql<{ id: string }[]>`select id from engine.run`;
    expect(runs.map((run) => run.id)).toEqual([second?.id]);
    expect(await database.sql`select from engine.memo`).toHaveLength(1);
    expect(await database.sql`select from engine.event`).toHaveLength(2);
  });
});
