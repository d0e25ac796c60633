import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "@/lib/auth/caller";
import { schema } from "@/lib/db";
import { newId } from "@/lib/ids";
import { noteFailure, openStep, readOperations, recordReconciliation } from "@/lib/jobs";
import type { JobState } from "@/lib/jobs/schema";
import { addTeam } from "../support/people";
import { startStudio, type TestStudio } from "../support/studio";

type Team = Awaited<ReturnType<typeof addTeam>>;
let studio: TestStudio;
let ours: Team;
let theirs: Team;
beforeAll(async () => {
  studio = await startStudio();
  ours = studio.team;
  theirs = await addTeam(studio.base.db, "others");
});
afterAll(() => studio.stop());

async function addJob(team: Team, state: JobState, touchedAt = new Date()): Promise<string> {
  const id = newId("job");
  const row = {
    id,
    workspaceId: team.workspaceId,
    pipeline: "animated-picture",
    title: `a ${state} job`,
    input: {},
  };
  await studio.base.db.insert(schema.job).values({ ...row, state, touchedAt });
  return id;
}

type GenerationState = (typeof schema.generation.$inferInsert)["state"];

async function addOrder(
  team: Team,
  jobId: string,
  state: GenerationState,
  createdAt = new Date(),
): Promise<string> {
  const id = newId("gen");
  await studio.base.db.insert(schema.generation).values({
    ...{ id, jobId, state, createdAt, workspaceId: team.workspaceId, key: id },
    ...{ stepName: "make the stills", stepKey: "k", part: 0, number: 0, input: {} },
    ...{ capability: "generateImage", provider: "openai", model: "openai:gpt-image-2", heldMicros: 40_000 },
  });
  return id;
}

const refOf = (team: Team, jobId: string, name: string) => ({
  ...{ jobId, name, subject: "", workspaceId: team.workspaceId, run: 1, key: "k", take: 0, position: 0 },
});

describe("what an owner sees of the work", () => {
  it("is for owners alone", async () => {
    for (const caller of [ours.editor, ours.viewer])
      await expect(readOperations(caller)).rejects.toMatchObject({ code: "forbidden" });
    const { askToReconcile } = await import("@/inngest");
    await expect(askToReconcile(ours.editor)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("counts what is open, and names the oldest that waits, of this workspace alone", async () => {
    await addJob(ours, "waiting");
    await addJob(ours, "paused");
    await addJob(ours, "completed");
    await addJob(theirs, "waiting");
    const { counts } = await readOperations(ours.owner);
    expect(counts).toMatchObject({ waiting: 1, paused: 1 });
    expect((await readOperations(theirs.owner)).counts).toEqual({
      queued: 0,
      running: 0,
      waiting: 1,
      paused: 0,
    });

    await addJob(theirs, "queued", new Date(Date.now() - 60_000));
    const oldest = await addJob(theirs, "queued", new Date(Date.now() - 90_000));
    expect((await readOperations(theirs.owner)).oldestQueued?.id).toBe(oldest);
    expect((await readOperations(ours.owner)).oldestQueued).toBeNull();
  });

  it("lists open orders, oldest first, with those in doubt; settled ones are gone", async () => {
    const job = await addJob(ours, "waiting");
    const young = await addOrder(ours, job, "accepted");
    const old = await addOrder(ours, job, "uncertain", new Date(Date.now() - 3_600_000));
    await addOrder(ours, job, "succeeded");
    const { openOrders, openOrderCount } = await readOperations(ours.owner);
    expect(openOrders.map((order) => [order.id, order.state])).toEqual([
      [old, "uncertain"],
      [young, "accepted"],
    ]);
    expect(openOrderCount).toBe(2);
    expect((await readOperations(theirs.owner)).openOrders).toEqual([]);
    await studio.base.db.delete(schema.generation).where(eq(schema.generation.jobId, job));
  });

  it("counts failed attempts by provider over a day, also those of steps that then succeeded", async () => {
    const job = await addJob(ours, "running");
    const ref = refOf(ours, job, "animate the still");
    const error = {
      code: "provider_throttled",
      message: "slow down",
      provider: "replicate",
      retry: "later",
    } as const;
    await openStep(studio.base.db, ref);
    await noteFailure(studio.base.db, ref, error, new Date(Date.now() + 5_000));
    await openStep(studio.base.db, ref);
    await noteFailure(studio.base.db, ref, error, new Date(Date.now() + 5_000));
    const { failures } = await readOperations(ours.owner);
    expect(failures).toEqual([
      expect.objectContaining({ provider: "replicate", code: "provider_throttled", attempts: 2, jobs: 1 }),
    ]);
    expect((await readOperations(theirs.owner)).failures).toEqual([]);

    await studio.base.db.update(schema.jobEvent).set({ createdAt: sql`now() - interval '25 hours'` });
    expect((await readOperations(ours.owner)).failures).toEqual([]);
    await studio.base.db.delete(schema.job).where(eq(schema.job.id, job));
  });
});

describe("what the reconciler found", () => {
  it("is kept per workspace, and counted when it is found again", async () => {
    const job = await addJob(ours, "failed");
    const found = { workspaceId: ours.workspaceId, kind: "unsettled", subject: "gen_1", jobId: job } as const;
    await recordReconciliation(studio.base.db, [{ ...found, detail: "no answer" }], 12);
    await recordReconciliation(studio.base.db, [{ ...found, detail: "still no answer" }], 14);
    const { findings, reconciler } = await readOperations(ours.owner);
    expect(findings).toEqual([
      expect.objectContaining({ kind: "unsettled", times: 2, detail: "still no answer", jobId: job }),
    ]);
    expect(Date.now() - Date.parse(reconciler?.endedAt ?? "")).toBeLessThan(60_000);
    expect((await readOperations(theirs.owner)).findings).toEqual([]);

    await studio.base.db.update(schema.finding).set({ lastAt: sql`now() - interval '15 days'` });
    await recordReconciliation(studio.base.db, [], 1);
    expect((await readOperations(ours.owner)).findings).toEqual([]);
  });

  it("is known to be late, to the owner and to /healthz, when it has not looked for five minutes", async () => {
    const { checkHealth } = await import("@/lib/http/health");
    await recordReconciliation(studio.base.db, [], 1);
    expect((await readOperations(ours.owner)).reconciler).toMatchObject({ late: false });
    expect((await checkHealth()).checks.reconciler).toBe("ok");

    // The studio's own worker looks at every full minute, and a look at the health is kept for a while.
    const forget = () =>
      studio.base.db.update(schema.errand).set({ endedAt: sql`now() - interval '6 minutes'` });
    const lateFor = async () => {
      await forget();
      const [{ reconciler }, { checks }] = await Promise.all([readOperations(ours.owner), checkHealth()]);
      return [reconciler?.late, checks.reconciler];
    };
    await expect.poll(lateFor, { timeout: 20_000 }).toEqual([true, "late"]);
  });

  it("comes from the worker, when an owner asks: a job without a sign of life, an order left behind", async () => {
    const stalled = await addJob(theirs, "running", new Date(Date.now() - 600_000));
    const ended = await addJob(theirs, "failed");
    const left = await addOrder(theirs, ended, "intended");
    const { askToReconcile } = await import("@/inngest");
    await askToReconcile(theirs.owner as Caller);
    await expect
      .poll(async () => (await readOperations(theirs.owner)).findings.map((one) => [one.kind, one.subject]), {
        timeout: 30_000,
      })
      .toEqual(
        expect.arrayContaining([
          ["restarted", stalled],
          ["settled", left],
        ]),
      );
    expect((await readOperations(ours.owner)).findings).toEqual([]);
  });
});
