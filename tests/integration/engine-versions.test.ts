import { describe, expect, it } from "vitest";
import { useEngines } from "../engine/stage";

describe("engines of two versions on one database", () => {
  const stage = useEngines();

  it("start every function of either for every event, and run only their own", {
    timeout: 60_000,
  }, async () => {
    const { client, database, ended, start } = stage();
    const ran: string[] = [];
    const define = (id: string, version: string) =>
      client.createFunction({ id, triggers: [{ event: "go" }] }, ({ step, event }) =>
        step.run("work", () => ran.push(`${version} ${id} ${event.data.n}`)),
      );
    await start([define("both", "old"), define("gone", "old")]);
    const later = await start([define("both", "new"), define("added", "new")]);
    for (let n = 0; n < 20; n++) await client.send({ name: "go", data: { n } });
    const runs = await ended(60);
    expect(runs.every((run) => run.state === "completed")).toBe(true);
    for (let n = 0; n < 20; n++) {
      expect(ran).toContain(`old gone ${n}`);
      expect(ran).toContain(`new added ${n}`);
      expect(ran.filter((entry) => entry.endsWith(` both ${n}`))).toHaveLength(1);
    }
    // The old one goes on as it did when the new one has left: its events start what is still there.
    await later.stop();
    await client.send({ name: "go", data: { n: 20 } });
    await ended(62);
    expect(await database.sql`select owner from engine.worker`).toHaveLength(1);
  });

  it("keep each other's crons, invocations and waits", { timeout: 60_000 }, async () => {
    const { client, database, ended, start } = stage();
    const daily = client.createFunction({ id: "daily", triggers: [{ cron: "0 0 1 1 *" }] }, async () => 1);
    const asked = client.createFunction({ id: "asked", triggers: [] }, async () => "the answer");
    const asks = client.createFunction({ id: "asks", triggers: [{ event: "ask" }] }, ({ step }) =>
      step.invoke("ask", { function: asked, data: {} }),
    );
    await start([daily, asked]);
    await start([asks]);
    expect(await database.sql`select key from engine.timer`).toHaveLength(1);
    await client.send({ name: "ask", data: {} });
    const runs = await ended(2);
    expect(runs.map((run) => run.output)).toEqual(['"the answer"', '"the answer"']);
  });
});

describe("what a router meets", () => {
  const stage = useEngines();

  it("is acted on in the order it was sent", async () => {
    const { client, database, ended, start } = stage();
    const order: number[] = [];
    const events = Array.from({ length: 90 }, (_, n) => ({ name: "go", data: { n } }));
    await client.send(events);
    const fn = client.createFunction({ id: "in-order", triggers: [{ event: "go" }] }, async ({ event }) => {
      order.push(event.data.n as number);
    });
    await start([fn]);
    await ended(90);
    const runs = await database.sql<{ n: number }[]>`
      select (events::json -> 0 -> 'data' ->> 'n')::int as n from engine.run order by id`;
    expect(runs.map((run) => run.n)).toEqual(events.map(({ data }) => data.n));
    expect(order).toEqual(events.map(({ data }) => data.n));
  });

  it("stops nobody, whatever is in it", async () => {
    const { client, database, ended, start } = stage();
    const half = "\ud83d";
    const long = "x".repeat(20_000);
    const fn = client.createFunction(
      {
        id: "keyed",
        triggers: [{ event: "go" }],
        concurrency: { limit: 2, key: "event.data.key" },
        throttle: { limit: 50, period: "1s", key: "event.data.key" },
        cancelOn: [{ event: "stop", match: "data.key" }],
      },
      ({ step, event }) =>
        step.waitForEvent(`wait ${event.data.key}`, { event: "done", timeout: "1s", match: "data.key" }),
    );
    await start([fn]);
    const keys = [long, half, "\u0000", `${long}${half}`, "", null, 7, true, { a: [long] }, [half]];
    await client.send(keys.map((key, n) => ({ name: "go", id: `${long}${half}\u0000${n}`, data: { key } })));
    await client.send({ name: `odd \u0000 ${half}`, data: { [half]: half } });
    const runs = await ended(keys.length);
    expect(runs.map((run) => run.state)).toEqual(keys.map(() => "completed"));
    expect(await database.sql`select from engine.slot union all select from engine.blocked`).toHaveLength(0);
  });

  it("is set aside by itself where the database takes it not", async () => {
    const { client, database, ended, start } = stage();
    const fn = client.createFunction({ id: "plain", triggers: [{ event: "go" }] }, async () => "ran");
    await client.send([1, 2, 3].map((n) => ({ name: "go", data: { n } })));
    await database.sql`update engine.event set body = 'no JSON' where seq = 2`;
    await start([fn]);
    expect(await ended(2)).toHaveLength(2);
    expect(await database.sql`select from engine.event where routed_at is null`).toHaveLength(0);
  });

  it("frees a place that came free for a run which is canceled before it takes it", {
    timeout: 30_000,
  }, async () => {
    const { client, database, ended, start } = stage();
    const order: number[] = [];
    const fn = client.createFunction(
      {
        id: "one",
        triggers: [{ event: "go" }],
        concurrency: 1,
        cancelOn: [{ event: "stop", match: "data.n" }],
      },
      ({ step, event }) => step.run("work", () => void order.push(event.data.n as number)),
    );
    const engine = await start([fn]);
    // Somebody else holds the place; three stand in line.
    await database.sql`insert into engine.slot values ('fn:crash-one::', 'somebody', '')`;
    for (const n of [1, 2, 3]) await client.send({ name: "go", data: { n } });
    await expect
      .poll(async () => (await database.sql`select from engine.blocked`).length, { timeout: 10_000 })
      .toBe(3);
    await engine.stop();
    // The place comes free while no worker is there to take it, and who it came free for is canceled.
    await database.sql`select engine.free_slots('somebody', '')`;
    const [first] = await database.sql<{ id: string }[]>`select id from engine.run order by id limit 1`;
    await database.sql`select engine.finish(${first?.id ?? ""}, null, 'canceled', '{}', '{"data":null}', '[]')`;
    await start([fn]);
    const runs = await ended(3);
    expect(runs.map((run) => run.state)).toEqual(["canceled", "completed", "completed"]);
    expect(order).toEqual([2, 3]);
    expect(await database.sql`select from engine.slot union all select from engine.blocked`).toHaveLength(0);
  });
});
