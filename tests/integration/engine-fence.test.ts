import { describe, expect, it } from "vitest";
import { keep, leaseRuns, park } from "../../packages/inngest-postgres/src/lease";
import { endRun } from "../../packages/inngest-postgres/src/outcome";
import { useEngines } from "../engine/stage";

describe("the embedded engine's fences", () => {
  const stage = useEngines();

  it("keeps nothing of a worker that lost its lease", async () => {
    const { client, database, ended, start } = stage();
    let calls = 0;
    let wake: () => void = () => undefined;
    const slept = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const fn = client.createFunction({ id: "zombie", triggers: [{ event: "go" }] }, async ({ step }) => {
      const value = await step.run("slow", async () => {
        if (calls++ > 0) return "the second";
        await slept;
        return "the zombie";
      });
      return step.run("after", () => `${value} went on`);
    });
    await start([fn]);
    await client.send({ name: "go", data: {} });
    await expect.poll(() => calls).toBe(1);
    await database.sql`update engine.run set lease_until = clock_timestamp() - interval '1 second'`;
    await database.sql`select engine.sweep()`;
    const [run] = await ended(1);
    expect(run).toMatchObject({ state: "completed", output: '"the second went on"' });
    wake();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const memos = await database.sql<{ data: string }[]>`select data from engine.memo order by seq`;
    expect(memos.map((memo) => memo.data)).toEqual([
      '{"data":"the second"}',
      '{"data":"the second went on"}',
    ]);
    expect(calls).toBe(2);
  });

  it("refuses every write of an old generation", async () => {
    const { client, database, start } = stage();
    const fn = client.createFunction({ id: "idle", triggers: [{ event: "never" }] }, async () => undefined);
    const engine = await start([fn]);
    await engine.stop();
    const { sql } = database;
    await sql`insert into engine.run (id, fn_id, events, discover_at, wake_at)
      values ('run', 'crash-idle', '[{"name":"go","data":{}}]', now(), now())`;
    const [old] = await leaseRuns(sql, 1, { owner: "old", seconds: 10 }, ["crash-idle"]);
    if (!old) throw new Error("There was nothing to lease.");
    await sql`update engine.run set lease_until = clock_timestamp() - interval '1 second'`;
    await sql`select engine.sweep()`;
    const refuseAll = async () => {
      expect(await keep(sql, old.id, old.generation, ["step"], ['{"data":1}'])).toBeNull();
      expect(await park(sql, old)).toBeNull();
      expect(await endRun(sql, old, old.generation, { state: "completed", data: 1 }, () => true)).toBe(false);
      const [row] = await sql`
        select engine.plan(${old.id}, ${old.generation}, '[{"id":"s","op":"Sleep","name":"s","delay_ms":1}]', '[]') as planned,
          engine.retry(${old.id}, ${old.generation}, null, 3, 1) as retried,
          engine.take_slots(${old.id}, ${old.generation}, '', '{key}', '{1}') as taken`;
      expect(row).toEqual({ planned: false, retried: false, taken: false });
    };
    await refuseAll();
    const [next] = await leaseRuns(sql, 1, { owner: "new", seconds: 10 }, ["crash-idle"]);
    const before = await sql`select * from engine.run`;
    await refuseAll();
    expect([...(await sql`select * from engine.run`)]).toEqual([...before]);
    expect(
      await sql`select from engine.memo union all select from engine.pending union all select from engine.slot`,
    ).toHaveLength(0);
    expect(await keep(sql, old.id, next?.generation ?? 0, ["step"], ['{"data":1}'])).toBe(1);
    expect(await keep(sql, old.id, next?.generation ?? 0, ["step"], ['{"data":2}'])).toBe(1);
    expect((await sql<{ data: string }[]>`select data from engine.memo`).map((m) => m.data)).toEqual([
      '{"data":1}',
    ]);
  });

  it("stops between two steps and goes on where it stopped", async () => {
    const { client, database, ended, start } = stage();
    const ran: number[] = [];
    const fn = client.createFunction({ id: "long", triggers: [{ event: "go" }] }, async ({ step }) => {
      for (let i = 0; i < 10; i++) {
        await step.run(`step ${i}`, async () => {
          ran.push(i);
          await new Promise((resolve) => setTimeout(resolve, 100));
        });
      }
    });
    const first = await start([fn]);
    await client.send({ name: "go", data: {} });
    await expect.poll(() => ran.length).toBeGreaterThan(2);
    await first.stop();
    const atStop = ran.length;
    expect(atStop).toBeLessThan(10);
    const [run] = await database.sql`select state, lease_until, revision from engine.run`;
    expect(run).toEqual({ state: "running", lease_until: null, revision: atStop });
    await start([fn]);
    await ended(1);
    expect(ran).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("shares the work of one database among engines, each run done once", { timeout: 60_000 }, async () => {
    const { client, database, ended, start } = stage();
    const ran = new Map<number, number>();
    let busy = 0;
    let most = 0;
    const fn = client.createFunction(
      { id: "shared", triggers: [{ event: "go" }], concurrency: { limit: 2 } },
      async ({ event, step }) => {
        const { n } = event.data as { n: number };
        await step.run("work", async () => {
          most = Math.max(most, ++busy);
          ran.set(n, (ran.get(n) ?? 0) + 1);
          await new Promise((resolve) => setTimeout(resolve, 5));
          busy--;
        });
      },
    );
    await Promise.all([start([fn]), start([fn]), start([fn])]);
    await Promise.all(
      Array.from({ length: 6 }, (_, batch) =>
        client.send(Array.from({ length: 10 }, (_, i) => ({ name: "go", data: { n: batch * 10 + i } }))),
      ),
    );
    await ended(60);
    expect([...ran.values()]).toEqual(Array(60).fill(1));
    expect(most).toBe(2);
    expect(await database.sql`select from engine.slot union all select from engine.blocked`).toHaveLength(0);
  });
});
