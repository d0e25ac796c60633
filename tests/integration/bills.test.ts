import { and, asc, eq, ne } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { retryJob, submitJob } from "@/inngest";
import { reconcile } from "@/inngest/reconciler";
import { findDifferences, monthTotals } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { jobDetail } from "@/lib/http/job-views";
import { getJob } from "@/lib/jobs";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
afterEach(async () => {
  expect(studio.contract.problems()).toEqual([]);
  expect(await findDifferences(db())).toEqual([]);
  expect(await monthTotals(studio.team.owner)).toMatchObject({ heldMicros: 0 });
  studio.contract.reset();
});

const { generation, finding, asset } = schema;
const ONE_AT_A_TIME = "replicate:bytedance/seedream-5-lite";
const submit = (input: Record<string, unknown>) =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "a lantern on a quay", count: 1, animate: false, ...input },
  });
const posts = () => studio.contract.requests({ provider: "replicate", kind: "create" }).length;
const paidOrders = (jobId: string) =>
  db()
    .select()
    .from(generation)
    .where(and(eq(generation.jobId, jobId), ne(generation.provider, "draft")))
    .orderBy(asc(generation.part), asc(generation.number));
const pictures = (jobId: string) =>
  db()
    .select({ id: asset.id, generationId: asset.generationId })
    .from(asset)
    .where(eq(asset.jobId, jobId))
    .orderBy(asc(asset.id));

describe("a bill above its hold", () => {
  it("is charged whole, shown on the job page, and found by the reconciler", async () => {
    const text = JSON.stringify({
      ...{ description: "a quay at night", tags: ["quay", "lantern", "night"] },
      ...{ palette: ["#112233", "#445566", "#778899"], suggestedMotion: "A slow push in." },
    });
    const message = {
      type: "message",
      role: "assistant",
      content: [{ type: "output_text", text, annotations: [] }],
    };
    const body = {
      ...{ id: "resp_1", object: "response", status: "completed", model: "gpt-6-luna", error: null },
      ...{ output: [message], usage: { input_tokens: 3_000_000, output_tokens: 100 } },
    };
    studio.contract.script({ provider: "openai", answer: { status: 200, taken: true, body } });
    const job = await submit({ imageModel: "draft:storyboard", visionModel: "openai:gpt-6-luna" });
    expect((await waitForJob(studio, job.id, ["completed", "failed"])).error).toBeNull();

    const [order] = await paidOrders(job.id);
    if (!order) throw new Error("nothing was ordered");
    expect(order.costMicros).toBeGreaterThan(order.heldMicros);
    const charged = await studio.base.sql`
      select amount_micros::float8 as micros from ledger where generation_id = ${order.id} and kind = 'charge'`;
    expect(charged.map(({ micros }) => micros)).toEqual([order.costMicros]);

    const { steps } = await jobDetail(studio.team.viewer, await getJob(studio.team.viewer, job.id));
    const said = steps.flatMap((step) => step.orders.flatMap((note) => note.said));
    expect(said).toEqual([expect.stringMatching(/^Billed .*: more than the .* reserved for it\.$/)]);

    await reconcile();
    const found = await db().select().from(finding).where(eq(finding.subject, order.id));
    expect(found).toMatchObject([{ kind: "over-hold", jobId: job.id }]);
  });
});

describe("one picture of several that is refused", () => {
  it("leaves the others in the library, and Retry pays for none of them again", async () => {
    studio.contract.script({ provider: "replicate", fate: { refuse: true } });
    // What follows the pictures fails for good, so that there is something to retry.
    studio.contract.script({ provider: "openai", answer: { status: 401 } });
    const job = await submit({ count: 3, imageModel: ONE_AT_A_TIME, visionModel: "openai:gpt-6-luna" });
    const failed = await waitForJob(studio, job.id, ["completed", "failed", "waiting"]);
    expect(failed.error?.code).toBe("provider_auth");
    const orders = async () =>
      (await paidOrders(job.id))
        .filter(({ provider }) => provider === "replicate")
        .map(({ id, state, costMicros, error }) => ({ id, state, costMicros, code: error?.code }));
    const before = await orders();
    expect(before.map(({ state }) => state).sort()).toEqual(["failed", "succeeded", "succeeded"]);
    expect(before.find(({ state }) => state === "failed")).toMatchObject({
      costMicros: 0,
      code: "provider_refused",
    });
    const kept = await pictures(job.id);
    expect(kept).toHaveLength(2);

    await retryJob(studio.team.editor, job.id);
    const ended = await waitForJob(studio, job.id, ["completed", "failed", "waiting"]);
    expect([ended.state, ended.error]).toEqual(["completed", null]);
    expect(posts()).toBe(3);
    expect(await orders()).toEqual(before);
    expect(await pictures(job.id)).toEqual(kept);
    const billed = studio.contract.charges().filter(({ provider }) => provider === "replicate");
    expect(billed).toHaveLength(2);
  });
});
