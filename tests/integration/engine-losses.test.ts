import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { embeddedClient } from "../engine/client";
import { Crew } from "../engine/crew";
import { createDatabase, type TestDatabase } from "../support/database";

describe("a step that ends its process", () => {
  let database: TestDatabase;
  let crew: Crew;
  beforeEach(async () => {
    database = await createDatabase();
    await database.sql`create table effect (fn text not null, step text not null, attempt int not null)`;
    crew = new Crew({ url: database.url, leaseSeconds: 1, size: 1, functions: "deadly" });
    await crew.start();
  });
  afterEach(async () => {
    await crew.stop("SIGKILL");
    await database.drop();
  });

  const send = (name: string, data = {}) => embeddedClient(database.sql).send({ name, data });
  const effects = async () => {
    const rows = await database.sql<{ key: string }[]>`select fn || ': ' || step as key from effect`;
    return Object.fromEntries(
      [...new Set(rows.map((r) => r.key))].map((k) => [k, rows.filter((r) => r.key === k).length]),
    );
  };
  const ended = (count: number) =>
    expect
      .poll(async () => (await database.sql`select from engine.run where ended_at is not null`).length, {
        timeout: 60_000,
      })
      .toBe(count);

  it("has its attempts, fails, and its failure is handled; a neighbour goes on", {
    timeout: 90_000,
  }, async () => {
    await send("neighbour");
    await expect.poll(effects).toMatchObject({ "neighbour: one": 1 });
    await send("exits");
    await ended(3);
    const all = await effects();
    expect(all).toMatchObject({
      "exits: before": 1,
      "exits: exit": 3,
      "exits: mourn": 1,
      "neighbour: five": 1,
    });
    expect(all["neighbour: one"]).toBe(1);
    // The neighbour's step was lost with the process, but not with each death of it.
    const repeated = ["two", "three", "four", "five"].map((step) => all[`neighbour: ${step}`] ?? 0);
    expect(repeated.reduce((a, b) => a + b)).toBeLessThanOrEqual(4 + 2);
    const runs = await database.sql<{ fn_id: string; state: string; output: string }[]>`
      select fn_id, state, output from engine.run order by fn_id`;
    expect(runs.map(({ fn_id, state }) => `${fn_id} ${state}`)).toEqual([
      "crash-exits failed",
      "crash-exits-failure completed",
      "crash-neighbour completed",
    ]);
    expect(runs[0]?.output).toMatch(/The process that ran the step \\"exit\\" ended/);
  });

  it("can be caught, also among parallel steps, whose results stay", { timeout: 90_000 }, async () => {
    await send("caught");
    await ended(1);
    const [run] = await database.sql<
      { state: string; output: string }[]
    >`select state, output from engine.run`;
    expect(run?.state).toBe("completed");
    expect(JSON.parse(run?.output ?? "")).toEqual(["left", "LeaseLost", "right"]);
    expect(await effects()).toMatchObject({ "caught: exit": 2 });
  });

  it("ends the run when it is the function itself, outside of its steps", { timeout: 90_000 }, async () => {
    await send("outside");
    await ended(1);
    const [run] = await database.sql<
      { state: string; output: string }[]
    >`select state, output from engine.run`;
    expect(run?.state).toBe("failed");
    expect(run?.output).toMatch(/The process that ran the function ended/);
    expect((await effects())["outside: before"]).toBe(1);
    expect((await effects())["outside: between"]).toBeLessThanOrEqual(3);
  });

  it("is none of those that only keep their thread busy for longer than a lease", {
    timeout: 90_000,
  }, async () => {
    const other = new Crew({ url: database.url, leaseSeconds: 1, size: 1, functions: "deadly" });
    await other.start();
    await send("busy", { ms: 4000 });
    await ended(1);
    await other.stop("SIGKILL");
    const [run] = await database.sql<{ output: string }[]>`select output from engine.run`;
    expect(run?.output).toBe('"computed"');
    expect(await effects()).toEqual({ "busy: compute": 1 });
  });

  it("is one that keeps its thread busy for ever: its run goes to others, and fails", {
    timeout: 90_000,
  }, async () => {
    const others = new Crew({ url: database.url, leaseSeconds: 1, size: 2, functions: "deadly" });
    await others.start();
    await send("busy", { ms: 60_000 });
    await ended(1);
    await others.stop("SIGKILL");
    const [run] = await database.sql<{ state: string }[]>`select state from engine.run`;
    expect(run?.state).toBe("failed");
    expect(await effects()).toEqual({ "busy: compute": 2 });
  });
});
