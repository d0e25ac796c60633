import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cancelJob, decide, newTake, quoteJob, retryFrom, retryJob, submitJob } from "@/inngest";
import { findDifferences, monthTotals } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { describeSteps, getJob } from "@/lib/jobs";
import { dollars } from "@/lib/money";
import { reconcileStudio } from "@/lib/studio";
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

const PAID = {
  imageModel: "replicate:black-forest-labs/flux-schnell",
  videoModel: "replicate:wan-video/wan-2.2-i2v-fast",
  visionModel: "openai:gpt-6-luna",
};
const submit = (input: Record<string, unknown>) =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "a lighthouse in the storm", count: 2, ...PAID, ...input },
  });
const orders = () => studio.contract.requests({ kind: "create" }).length;

async function settled(canceledCharges = 0) {
  expect(await findDifferences(db())).toEqual([]);
  const totals = await monthTotals(studio.team.owner);
  expect(totals.heldMicros).toBe(0);
  const charged = studio.contract.charges().length;
  const [row] = await studio.base.sql`select count(*)::int as n from ledger where kind = 'charge'`;
  expect(row?.n).toBe(charged + canceledCharges);
}

describe("the animated picture, with paid providers", () => {
  it("rests for a choice, goes on with it, and charges each order once", async () => {
    const job = await submit({});
    const resting = await waitForJob(studio, job.id, ["waiting", "failed"]);
    expect(resting.error).toBeNull();
    expect(resting.wait).toMatchObject({ kind: "choice", name: "choose a still" });
    const options = resting.wait?.kind === "choice" ? resting.wait.options : [];
    expect(options).toHaveLength(2);

    await decide(studio.team.editor, job.id, theStep("choose a still"), options[1] ?? "");
    const finished = await waitForJob(studio, job.id, ["completed", "failed"]);
    expect(finished.error).toBeNull();
    const record = await getJob(studio.team.editor, job.id);
    const steps = describeSteps(record);
    expect(steps.map((step) => [step.name, step.state])).toEqual([
      ["make the stills", "completed"],
      ["choose a still", "completed"],
      ["read the still", "completed"],
      ["animate the still", "completed"],
    ]);
    const [film] = await db().select().from(schema.asset).where(eq(schema.asset.role, "film"));
    expect(film).toMatchObject({ kind: "video", model: PAID.videoModel, draft: false });
    expect(film?.tags.length).toBeGreaterThan(0);
    expect(film?.durationSeconds).toBeGreaterThan(0);
    const sources = await db()
      .select()
      .from(schema.assetSource)
      .where(eq(schema.assetSource.assetId, film?.id ?? ""));
    expect(sources.map((source) => source.sourceId)).toEqual([options[1]]);
    expect(finished.costMicros).toBeGreaterThan(0);
    await settled();
  });

  it("redoes nothing that is finished, and pays for nothing twice, when a failed job is retried", async () => {
    studio.contract.script({
      provider: "replicate",
      fate: { fail: "Prediction failed: the model stumbled." },
    });
    const job = await submit({ count: 1 });
    const failed = await waitForJob(studio, job.id, ["failed", "completed"]);
    expect(failed.state).toBe("failed");
    expect(failed.error).toMatchObject({ provider: "replicate", step: "make the stills" });
    expect(failed.error?.action).toBeTruthy();
    await retryJob(studio.team.editor, job.id);
    await waitForJob(studio, job.id, ["completed"]);
    await settled();
    const before = orders();
    await newTake(studio.team.editor, job.id, theStep("animate the still"));
    await waitForJob(studio, job.id, ["completed"]);
    expect(orders() - before).toBe(1);
    const record = await getJob(studio.team.editor, job.id);
    expect(record.made.filter((asset) => asset.stepName === "animate the still")).toHaveLength(2);
    await settled();
  });

  it("is made again from any step on, and remembers why attempts failed", async () => {
    studio.contract.script({ provider: "openai", answer: { status: 503 } });
    studio.contract.script({ provider: "replicate", answer: { status: 429, retryAfter: "1" } });
    const job = await submit({ count: 1 });
    await waitForJob(studio, job.id, ["completed"]);
    const stepOf = async (name: string) =>
      describeSteps(await getJob(studio.team.editor, job.id)).find((step) => step.name === name);
    expect((await stepOf("make the stills"))?.failures).toEqual([
      expect.objectContaining({ provider: "replicate", run: 1, retryAt: expect.any(String) }),
    ]);
    expect((await stepOf("read the still"))?.failures).toHaveLength(1);

    // A reading cannot be a new take of its own accord; from there on the job can be made again.
    const before = orders();
    await expect(newTake(studio.team.editor, job.id, theStep("read the still"))).rejects.toMatchObject({
      code: "bad_input",
    });
    await retryFrom(studio.team.editor, job.id, theStep("read the still"));
    await waitForJob(studio, job.id, ["completed"]);
    const made = studio.contract.requests({ kind: "create" }).slice(before);
    expect(made.map((request) => request.provider)).toContain("openai");
    expect((await stepOf("make the stills"))?.assetIds).toHaveLength(1);
    await settled();

    studio.contract.script({ provider: "replicate", fate: { fail: "the model stumbled" } });
    await newTake(studio.team.editor, job.id, theStep("animate the still"));
    await waitForJob(studio, job.id, ["failed"]);
    const paidBefore = orders();
    await retryFrom(studio.team.editor, job.id, theStep("animate the still"));
    await waitForJob(studio, job.id, ["completed"]);
    expect(orders() - paidBefore).toBe(1);
    expect((await stepOf("animate the still"))?.take).toBe(1);
    await settled();

    await expect(retryFrom(studio.team.editor, job.id, theStep("choose a still"))).rejects.toMatchObject({
      code: "bad_input",
    });
    await expect(retryFrom(studio.team.viewer, job.id, theStep("animate the still"))).rejects.toMatchObject({
      code: "forbidden",
    });
    const { addTeam } = await import("../support/people");
    const strangers = await addTeam(studio.base.db, "strangers");
    await expect(retryFrom(strangers.owner, job.id, theStep("animate the still"))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("pauses at the cap, says why, and goes on when there is room", async () => {
    const quote = await quoteJob(studio.team.editor, {
      pipeline: "animated-picture",
      input: { prompt: "x", count: 1, ...PAID },
    });
    const cap = (micros: number | null) =>
      studio.base.db
        .update(schema.workspace)
        .set({ jobCapMicros: micros })
        .where(eq(schema.workspace.id, studio.team.workspaceId));
    await cap(quote.highMicros - 1);
    const job = await submit({ count: 1 });
    expect(job.state).toBe("paused");
    expect(job.wait).toMatchObject({ kind: "cap", neededMicros: quote.highMicros });
    expect(orders()).toBe(0);
    await cap(dollars(50));
    await retryJob(studio.team.editor, job.id);
    await waitForJob(studio, job.id, ["completed"]);
    await cap(null);
    await settled();
  });

  it("cancels, keeps and settles what a provider had already taken", async () => {
    studio.contract.script({ provider: "replicate", fate: { seconds: 60 } });
    const job = await submit({ count: 1 });
    while (orders() === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await cancelJob(studio.team.editor, job.id);
    expect((await waitForJob(studio, job.id, ["canceled"])).state).toBe("canceled");
    for (let n = 0; n < 40; n++) {
      await reconcileStudio();
      const [open] = await studio.base
        .sql`select count(*)::int as n from generation where state in ('intended', 'posting', 'accepted')`;
      if (open?.n === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    // What is stopped midway is charged for the time it ran: the estimate, to be on the safe side.
    await settled(1);
  });
});
