import { installSchema } from "@kinora/inngest-postgres";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { reconcile } from "@/inngest";
import { requestRun } from "@/inngest/events";
import { schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { listStalled, readOperations, recordReconciliation } from "@/lib/jobs";
import type { JobState, Pipeline } from "@/lib/jobs/schema";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";

const SECONDS = 180;
/** More than are listed at once. */
const MANY = 250;

let base: TestDatabase;
let team: Awaited<ReturnType<typeof addTeam>>;
beforeAll(async () => {
  base = await createDatabase();
  await installSchema(base.sql);
  team = await addTeam(base.db, "stalled");
});
afterAll(() => base.drop());
beforeEach(async () => {
  await base.sql`delete from job`;
  await base.sql`delete from errand`;
  await base.sql`truncate engine.event, engine.run`;
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

type Given = { silent: number; ordered?: number; pipeline?: Pipeline };

/** A job without a sign of life for so many minutes, ordered when it last gave one unless it says otherwise. */
async function add(state: JobState, { silent, ordered = silent, pipeline = "animated-picture" }: Given) {
  const row = { id: newId("job"), workspaceId: team.workspaceId, pipeline, title: state, input: {}, state };
  const times = { createdAt: minutesAgo(ordered), touchedAt: minutesAgo(silent) };
  await base.db.insert(schema.job).values({ ...row, ...times });
  return { ...row, run: 1 };
}

const addMany = (silent: number) =>
  Promise.all(Array.from({ length: MANY }, () => add("queued", { silent })));

/** A run of the engine, started by the event that asks for the job. */
async function addRun(
  job: { id: string; run: number },
  state: string,
  wakeAt: string | null,
  leased = false,
) {
  const events = JSON.stringify([
    { name: "animated-picture/requested", data: { jobId: job.id, run: job.run } },
  ]);
  await base.sql`
    insert into engine.run (id, fn_id, events, state, wake_at, lease_until)
    values (${job.id}, 'kinora-animated-picture', ${events}, ${state}, ${wakeAt}::text::timestamptz,
      case when ${leased} then now() + interval '10 seconds' end)`;
}

const findings = async () =>
  (await readOperations(team.owner)).findings.map(({ kind, subject }) => [kind, subject]);
const eventKeys = async () =>
  (await base.sql`select key from engine.event order by seq`).map(({ key }) => key);

describe("on the embedded engine, which knows its runs", () => {
  it("leaves a long queue alone, and finds the one job behind it that is lost", async () => {
    const waiting = await addMany(20);
    await Promise.all(waiting.map((job, n) => (n % 2 ? requestRun(job) : addRun(job, "running", "now"))));
    const before = await eventKeys();
    const lost = await add("queued", { silent: 4 });
    expect(await reconcile()).toMatchObject({ restarted: 1 });
    expect(await findings()).toEqual([["asked-again", lost.id]]);
    expect(await eventKeys()).toEqual([...before, `${lost.id}-r1`]);
  });

  it.each<[string, string | null, boolean]>([
    ["is in line", "now", false],
    ["is asleep", "tomorrow", false],
    ["is set aside by a limit", "infinity", false],
    ["is at work", null, true],
  ])("lets a silent job be whose run %s", async (_what, wakeAt, leased) => {
    const job = await add("running", { silent: 10 });
    await addRun(job, "running", wakeAt, leased);
    expect(await reconcile()).toMatchObject({ restarted: 0 });
    expect(await findings()).toEqual([]);
  });

  it("lets a job be whose failure is still to be told", async () => {
    const job = await add("running", { silent: 10 });
    await addRun(job, "failed", null);
    const event = { name: "animated-picture/requested", data: { jobId: job.id, run: 1 } };
    const body = JSON.stringify({ name: "inngest/function.failed", data: { event, run_id: "1" } });
    await base.sql`insert into engine.event (id, name, body) values ('1', 'inngest/function.failed', ${body})`;
    expect(await reconcile()).toMatchObject({ restarted: 0 });
  });

  it("does not wait for the next attempt of a run that has gone", async () => {
    const job = await add("running", { silent: 10 });
    await addRetry(job.id, 2);
    expect(await reconcile()).toMatchObject({ restarted: 1 });
  });

  it.each(["completed", "failed", "running"])(
    "starts a job again whose run is %s and will not go on",
    async (state) => {
      const job = await add("running", { silent: 10 });
      await addRun(job, state, null);
      expect(await reconcile()).toMatchObject({ restarted: 1 });
      expect(await findings()).toContainEqual(["restarted", job.id]);
      expect(await eventKeys()).toEqual([`${job.id}-r2`]);
    },
  );
});

/** The next attempt of a step of this job is due in so many minutes. */
const addRetry = (jobId: string, minutes: number) =>
  base.db.insert(schema.jobStep).values({
    ...{ jobId, name: "animate the still", key: "k", position: 1, run: 1, state: "retrying" },
    retryAt: minutesAgo(-minutes),
  });

describe("where the engine cannot be asked", () => {
  const stalled = async () => (await listStalled(base.db, SECONDS)).map(({ id }) => id);
  const looked = () => recordReconciliation(base.db, [], 1);
  beforeEach(looked);

  it("leaves a long queue alone while others are at work, and finds what is stalled behind it", async () => {
    await add("running", { silent: 0, ordered: 30 });
    await addMany(20);
    const gone = await add("running", { silent: 4, ordered: 40 });
    expect(await stalled()).toEqual([gone.id]);
  });

  it("leaves a job alone whose orders stand in line at their provider, as long as others are at work", async () => {
    const inLine = await add("running", { silent: 20 });
    const step = { jobId: inLine.id, name: "make the stills", key: "k", position: 0, run: 1 };
    await base.db.insert(schema.jobStep).values({ ...step, state: "running" });
    expect(await stalled()).toEqual([inLine.id]);
    const other = await add("running", { silent: 0 });
    expect(await stalled()).toEqual([]);

    // What was ordered gives signs of life by its looks: without them the run is gone.
    await base.db.insert(schema.generation).values({
      ...{
        id: newId("gen"),
        workspaceId: team.workspaceId,
        jobId: inLine.id,
        stepName: step.name,
        stepKey: "k",
      },
      ...{ part: 0, number: 0, key: newId("gen"), capability: "generateImage", provider: "replicate" },
      ...{ model: "replicate:x", input: {}, state: "accepted", heldMicros: 0 },
    });
    expect(await stalled()).toEqual([inLine.id]);
    await base.sql`delete from generation`;
    await base.sql`update job set touched_at = now() - interval '2 hours' where id = ${inLine.id}`;
    expect(await stalled()).toEqual([inLine.id]);
    expect(other.run).toBe(1);
  });

  it("finds a job that others have overtaken, of its own pipeline", async () => {
    await add("running", { silent: 0, ordered: 10, pipeline: "picture-reading" });
    const lost = await add("queued", { silent: 20 });
    expect(await stalled()).toEqual([]);
    await add("running", { silent: 0, ordered: 10 });
    await add("queued", { silent: 9 });
    expect(await stalled()).toEqual([lost.id]);
  });

  it("finds every queued job when nobody is at work, unless the reconciler itself was away", async () => {
    const first = await add("queued", { silent: 20 });
    const second = await add("queued", { silent: 10 });
    const running = await add("running", { silent: 15 });
    await add("queued", { silent: 1 });
    expect(await stalled()).toEqual([first.id, running.id, second.id]);
    await base.db.update(schema.errand).set({ endedAt: sql`now() - interval '10 minutes'` });
    expect(await stalled()).toEqual([running.id]);
  });

  it("waits for a next attempt as long as was announced, and no longer", async () => {
    const { id: jobId } = await add("running", { silent: 10 });
    await addRetry(jobId, 2);
    expect(await stalled()).toEqual([]);
    await base.db.update(schema.jobStep).set({ retryAt: minutesAgo(4) });
    expect(await stalled()).toEqual([jobId]);
  });
});
