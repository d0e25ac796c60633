import { describe, expect, it } from "vitest";
import { RunState } from "../../packages/inngest-postgres/src/state";
import { useEngines } from "../engine/stage";

const MB = 2 ** 20;

describe("large states", () => {
  const stage = useEngines();

  it("are parsed once; each call may change its own copy", { timeout: 60_000 }, async () => {
    const { client, ended, start } = stage();
    const seen: string[] = [];
    const fn = client.createFunction({ id: "changes", triggers: [{ event: "go" }] }, async ({ step }) => {
      const kept = (await step.run("kept", () => ({ list: [1], "__proto__ ": {} }))) as { list: number[] };
      await step.sleep("nap", "1s");
      kept.list.push(2);
      await Promise.all([1, 2, 3].map((n) => step.run(`part ${n}`, () => void seen.push(kept.list.join()))));
      return kept.list;
    });
    await start([fn]);
    await client.send({ name: "go" });
    const [run] = await ended(1);
    expect(run?.output).toBe("[1,2]");
    expect(seen).toEqual(["1,2", "1,2", "1,2"]);
  });

  it("share their texts among calls, and keep a key called __proto__ a key", () => {
    const state = new RunState();
    state.memos.push({ id: "a", value: JSON.parse('{"data":{"__proto__":{"evil":true},"list":[{"n":1}]}}') });
    const one = state.snapshot(1).steps.a as { data: { list: { n: number }[] } };
    expect(JSON.stringify(one)).toBe('{"data":{"__proto__":{"evil":true},"list":[{"n":1}]}}');
    one.data.list.push({ n: 2 });
    expect(state.snapshot(1).steps.a).toEqual(
      JSON.parse('{"data":{"__proto__":{"evil":true},"list":[{"n":1}]}}'),
    );
    expect(state.snapshot(0)).toEqual({ ids: [], steps: {} });
  });

  it("beyond the limit fail the run without being read", { timeout: 60_000 }, async () => {
    const { client, database, ended, start } = stage();
    const fn = client.createFunction({ id: "huge", triggers: [{ event: "go" }] }, ({ step }) =>
      Promise.all([...Array(10)].map((_, n) => step.run(`part ${n}`, () => "x".repeat(4 * MB - 100)))),
    );
    await start([fn]);
    await client.send({ name: "go" });
    const [run] = await ended(1);
    expect(run).toMatchObject({ state: "failed" });
    expect(run?.output).toMatch(/InngestErrStateOverflowed/);
    const state = new RunState();
    await database.sql`update engine.run set state = 'running', lease_until = now()`;
    const [row] = await database.sql<{ generation: number }[]>`select generation from engine.run`;
    const lease = {
      id: run?.id ?? "",
      generation: row?.generation ?? 0,
      fn_id: "",
      events: "[]",
      attempt: 0,
    };
    await state.refresh(database.sql, { ...lease, fresh: false, lost: 0 });
    expect(state.bytes).toBeGreaterThan(32 * MB);
    const read = state.memos.reduce((sum, memo) => sum + (JSON.stringify(memo.value)?.length ?? 0), 0);
    expect(read).toBeLessThanOrEqual(32 * MB);
  });
});
