import { setTimeout as pause } from "node:timers/promises";
import { installSchema } from "@kinora/inngest-postgres";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { embeddedClient } from "../engine/client";
import { Crew } from "../engine/crew";
import { KILL_POINTS, type MixedJob, prepareEffects } from "../engine/functions";
import { createDatabase, type TestDatabase } from "../support/database";

describe("the embedded engine, its workers killed", () => {
  let database: TestDatabase;
  let crew: Crew | undefined;

  beforeEach(async () => {
    database = await createDatabase();
    await prepareEffects(database.sql);
    await installSchema(database.sql);
  });
  afterEach(async () => {
    await crew?.stop("SIGKILL");
    await database.drop();
  });

  it("ends every run, once, when killed at every kind of step", { timeout: 180_000 }, async () => {
    crew = new Crew({ url: database.url, leaseSeconds: 3, size: 2, killAt: [...KILL_POINTS] });
    await crew.start();
    await send(database, 12);
    await untilEnded(database, crew, 12);
    const killed = await database.sql<{ point: string }[]>`select point from killed`;
    expect(killed.map((row) => row.point).sort()).toEqual([...KILL_POINTS].sort());
    await crew.stop();
    await expectWhole(database, 12);
  });

  it("ends every run, once, when killed at random", { timeout: 180_000 }, async () => {
    crew = new Crew({ url: database.url, leaseSeconds: 3, size: 2 });
    await crew.start();
    await send(database, 40);
    for (let kills = 0; kills < 8; kills++) {
      await pause(700 + Math.random() * 1500);
      await crew.kill();
    }
    await untilEnded(database, crew, 40);
    await crew.stop();
    expect(crew.deaths).toBe(8);
    await expectWhole(database, 40);
  });

  it("goes on by itself after a kill, with the lease it has by default", { timeout: 180_000 }, async () => {
    crew = new Crew({ url: database.url, leaseSeconds: 10, size: 1, killAt: ["later step"] });
    await crew.start();
    await send(database, 1);
    await untilEnded(database, crew, 1);
    expect(crew.deaths).toBe(1);
    const [two] = await database.sql<
      { n: number }[]
    >`select count(*)::int as n from effect where step = 'two'`;
    expect(two?.n).toBe(2);
  });

  it("loses nothing when the database drops its connections", { timeout: 120_000 }, async () => {
    crew = new Crew({ url: database.url, leaseSeconds: 3, size: 1 });
    await crew.start();
    await send(database, 10);
    for (let drops = 0; drops < 4; drops++) {
      await pause(1200);
      await database.sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and application_name = 'postgres.js'`.catch(
        () => undefined,
      );
    }
    await untilEnded(database, crew, 10);
    await crew.stop();
    await expectWhole(database, 10);
  });
});

const mixedJob = (job: number): MixedJob => ({ job, doomed: job % 5 === 4, ignored: job % 5 === 3 });

async function send(database: TestDatabase, count: number): Promise<void> {
  const client = embeddedClient(database.sql);
  const events = Array.from({ length: count }, (_, job) => ({
    name: "mixed",
    data: { ...mixedJob(job), team: `team ${job % 2}` },
  }));
  await client.send(events);
}

/** Answers, again and again: as on Inngest, an answer that comes before the wait is not seen. */
async function answerAll(database: TestDatabase, count: number): Promise<void> {
  const ended = await database.sql<{ job: number }[]>`select job from outcome`;
  const open = Array.from({ length: count }, (_, job) => mixedJob(job)).filter(
    ({ job, doomed, ignored }) => !doomed && !ignored && !ended.some((row) => row.job === job),
  );
  if (open.length === 0) return;
  await embeddedClient(database.sql).send(open.map(({ job }) => ({ name: "mixed/answer", data: { job } })));
}

async function untilEnded(database: TestDatabase, crew: Crew, count: number): Promise<void> {
  const end = Date.now() + 150_000;
  for (;;) {
    const [row] = await database.sql<{ n: number }[]>`select count(distinct job)::int as n from outcome`;
    if (row?.n === count) break;
    if (Date.now() > end)
      throw new Error(`${row?.n} of ${count} jobs ended.\n${await left(database)}${crew.errors}`);
    await answerAll(database, count);
    await pause(300);
  }
  // The last answers are written after the outcome was noted.
  while ((await database.sql`select from engine.run where state = 'running' limit 1`).length > 0) {
    if (Date.now() > end) throw new Error(`Runs are left.\n${await left(database)}${crew.errors}`);
    await pause(100);
  }
}

/** What the engine holds of the runs that have not ended, for the message of a test that waits in vain. */
async function left({ sql }: TestDatabase): Promise<string> {
  const runs = await sql`select now(), * from engine.run where state = 'running'`;
  const rows = await Promise.all(
    ["pending", "listener", "slot", "blocked", "memo"].map(
      async (table) =>
        [
          table,
          await sql.unsafe(`select * from engine.${table} where run_id in
        (select id from engine.run where state = 'running')`),
        ] as const,
    ),
  );
  return `${JSON.stringify([runs, Object.fromEntries(rows)], null, 1)}\n`;
}

type Run = { id: string; fn_id: string; state: string; output: string; job: number };

async function expectWhole({ sql }: TestDatabase, count: number): Promise<void> {
  const runs = await sql<Run[]>`
    select id, fn_id, state, output, (events::json -> 0 -> 'data' ->> 'job')::int as job
    from engine.run where fn_id = 'crash-mixed' order by job`;
  expect(runs.map((run) => run.job)).toEqual(Array.from({ length: count }, (_, job) => job));
  const effects = await sql<
    { job: number; step: string; value: string }[]
  >`select job, step, value from effect`;
  const outcomes = await sql<{ job: number; value: string }[]>`select job, value from outcome`;
  for (const run of runs) {
    const { doomed, ignored } = mixedJob(run.job);
    if (doomed) {
      expect(run.state).toBe("failed");
      expect(effects.some((e) => e.job === run.job && e.step === "mourn")).toBe(true);
      continue;
    }
    expect(run.state).toBe("completed");
    const values = JSON.parse(run.output) as string[];
    // What the run ended with is what its memos say, each value made by an execution of the step it stands for.
    const steps = ["one", "two", "part 1", "part 2", "part 3", "help", "three"];
    const made = values.map((value) => effects.find((e) => e.value === value && e.job === run.job)?.step);
    expect(made).toEqual(steps);
    for (const outcome of outcomes.filter((o) => o.job === run.job)) {
      expect(JSON.parse(outcome.value)).toEqual({ values, answered: !ignored });
    }
    expect(effects.some((e) => e.job === run.job && e.step === "heard")).toBe(true);
  }
  await expectNothingLeft({ sql });
  const repeated = effects.length - new Set(effects.map((e) => `${e.job} ${e.step}`)).size;
  console.info(`${repeated} of ${effects.length} executions of steps were repetitions`);
}

/** Memos are numbered without a gap, and nothing is left of what runs hold while they run. */
async function expectNothingLeft({ sql }: Pick<TestDatabase, "sql">): Promise<void> {
  const gaps = await sql`
    select run_id from engine.memo join engine.run on run.id = run_id group by run_id, revision
    having count(*) <> max(seq) or count(*) <> revision`;
  expect([...gaps]).toEqual([]);
  for (const table of ["pending", "listener", "slot", "blocked"]) {
    const rows = await sql.unsafe(`select * from engine.${table}`);
    expect([...rows]).toEqual([]);
  }
  expect([...(await sql`select id from engine.run where lease_until is not null`)]).toEqual([]);
}
