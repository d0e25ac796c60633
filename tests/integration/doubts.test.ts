import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { cancelJob, newTake, retryJob, settleDoubt, submitJob } from "@/inngest";
import { findDifferences, holdForGeneration, monthTotals } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { jobDetail } from "@/lib/http/job-views";
import { newId } from "@/lib/ids";
import { getJob } from "@/lib/jobs";
import { lookAt, reconcileStudio } from "@/lib/studio";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";
import { theStep } from "../support/the-step";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
afterEach(() => {
  expect(studio.contract.problems()).toEqual([]);
  studio.contract.reset();
});

const { generation } = schema;
const NANO = "replicate:bytedance/seedream-5-lite";
const posts = () => studio.contract.requests({ provider: "replicate", kind: "create" }).length;
const openDoubts = async (jobId: string) =>
  (await jobDetail(studio.team.viewer, await getJob(studio.team.viewer, jobId))).doubts;

/** A job with two orders, the answers to both of which are lost, and about which nothing can be found out. */
async function submitDoubtful() {
  studio.contract.script({ provider: "replicate", answer: { drop: "after-taken" }, times: 2 });
  const job = await submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "two boats", count: 2, animate: false, imageModel: NANO, visionModel: "draft:measure" },
  });
  const sent = () =>
    db()
      .select()
      .from(generation)
      .where(and(eq(generation.jobId, job.id), eq(generation.state, "posting")));
  await expect.poll(async () => (posts() === 2 ? (await sent()).length : 0)).toBe(2);
  await db().update(generation).set({ state: "uncertain" }).where(eq(generation.jobId, job.id));
  const resting = await waitForJob(studio, job.id, ["waiting", "failed", "completed"]);
  expect(resting.wait).toMatchObject({ kind: "uncertain" });
  return job.id;
}

describe("orders in doubt", () => {
  it("are decided one by one, and what is not to be paid again is never sent again", async () => {
    const jobId = await submitDoubtful();
    const [first, second] = await openDoubts(jobId);
    await expect(newTake(studio.team.editor, jobId, theStep("make the stills"))).rejects.toMatchObject({
      code: "conflict",
    });
    await settleDoubt(studio.team.editor, jobId, first?.generationId ?? "", "do not pay again");
    expect(await waitForJob(studio, jobId, ["waiting"])).toMatchObject({
      wait: { kind: "uncertain", generationId: second?.generationId },
    });
    expect((await openDoubts(jobId)).map((doubt) => doubt.generationId)).toEqual([second?.generationId]);

    await settleDoubt(studio.team.editor, jobId, second?.generationId ?? "", "order again");
    const ended = await waitForJob(studio, jobId, ["completed", "failed"]);
    expect([ended.state, ended.error]).toEqual(["completed", null]);
    expect(posts()).toBe(3);
    const { steps } = await jobDetail(studio.team.viewer, await getJob(studio.team.viewer, jobId));
    expect(steps[0]?.assets).toHaveLength(1);
    expect(steps[0]?.orders.flatMap(({ said }) => said).join()).toContain("given up; counted as paid");
    expect(await monthTotals(studio.team.owner)).toMatchObject({ heldMicros: 0 });
    expect(await findDifferences(db())).toEqual([]);
  });

  it("stay decidable when their job is canceled; Retry and reruns send none of them", async () => {
    const jobId = await submitDoubtful();
    await cancelJob(studio.team.editor, jobId);
    const before = await monthTotals(studio.team.owner);
    expect(before.heldMicros).toBeGreaterThan(0);
    for (const { generationId } of await openDoubts(jobId))
      await settleDoubt(studio.team.editor, jobId, generationId, "do not pay again");
    expect((await waitForJob(studio, jobId, ["canceled"])).state).toBe("canceled");
    expect(await monthTotals(studio.team.owner)).toMatchObject({
      heldMicros: 0,
      chargedMicros: before.chargedMicros + before.heldMicros,
    });
    await retryJob(studio.team.editor, jobId);
    const failed = await waitForJob(studio, jobId, ["failed", "completed"]);
    expect(failed.error?.message).toContain("you decided not to pay for it again");
    expect(posts()).toBe(2);
  });
});

/** A row as a worker leaves it that died at this point. */
async function addOrder(change: Partial<typeof generation.$inferInsert>, jobState = "canceled") {
  const jobId = newId("job");
  const { workspaceId } = studio.team;
  const job = { id: jobId, workspaceId, pipeline: "animated-picture", title: "left behind", input: {} };
  await db()
    .insert(schema.job)
    .values({ ...job, state: jobState as "canceled" });
  const id = newId("gen");
  const ask = {
    ...{ capability: "generateImage", model: NANO, outputRole: "still" },
    input: { prompt: "a buoy", ratio: "16:9", count: 1, seed: 1, referenceIds: [] },
  };
  await db().transaction(async (tx) => {
    await tx.insert(generation).values({
      ...{ id, jobId, workspaceId, key: id, stepName: "make the stills", stepKey: "k", part: 0, number: 0 },
      ...{ capability: "generateImage", provider: "replicate", model: NANO, input: ask, heldMicros: 80_000 },
      ...{ state: "posting" as const, ...change },
    });
    await holdForGeneration(tx, { workspaceId, jobId, generationId: id }, 80_000);
  });
  return id;
}

const stateOf = async (id: string) =>
  (await db().select().from(generation).where(eq(generation.id, id)))[0] as typeof generation.$inferSelect;
const operation = (id: string) => ({ provider: "replicate", id, model: NANO, capability: "generateImage" });

describe("time and ends", () => {
  it("a worker whose clock is ten minutes ahead waits like every other", async () => {
    const now = Date.now();
    const soon = new Date(now + 120_000);
    const id = await addOrder({ postedAt: new Date(now), lookAt: soon }, "running");
    vi.useFakeTimers({ toFake: ["Date"], now: now + 600_000 });
    try {
      expect(await lookAt(id)).toMatchObject({ state: "pending" });
    } finally {
      vi.useRealTimers();
    }
    expect((await stateOf(id)).state).toBe("posting");
    expect(posts()).toBe(0);
    expect(studio.contract.requests({ provider: "replicate", kind: "list" })).toEqual([]);
    await db().update(generation).set({ state: "abandoned" }).where(eq(generation.id, id));
  });

  it("fifty orders that give nothing but errors starve no other, and end as lost in time", async () => {
    const old = new Date(Date.now() - 30 * 3_600_000);
    const stuck = { state: "accepted" as const, createdAt: old, postedAt: old, lookAt: old };
    const ids: string[] = [];
    for (let n = 0; n < 50; n++)
      ids.push(await addOrder({ ...stuck, operation: operation(`gone${n}`), failures: n < 2 ? 9 : 0 }));
    const other = await addOrder({ ...stuck, provider: "openai", state: "intended" });
    studio.contract.script({ provider: "replicate", on: "look", answer: { status: 500 }, times: 50 });
    const { settled } = await reconcileStudio();
    expect(settled.map(({ id }) => id)).toContain(other);
    const lost = await stateOf(ids[0] ?? "");
    expect(lost).toMatchObject({ state: "lost", costMicros: 80_000 });
    expect(lost.error?.message).toContain("its result is lost");
    const waiting = await stateOf(ids[5] ?? "");
    expect(waiting).toMatchObject({ state: "accepted", failures: 1 });
    expect(waiting.lookAt?.getTime()).toBeGreaterThan(old.getTime() + 3_600_000);
    expect(await findDifferences(db())).toEqual([]);
  });
});
