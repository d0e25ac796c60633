import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decide, impactsOf, newTake, quoteJob, submitJob } from "@/inngest";
import { getJob } from "@/lib/jobs";
import { PIPELINES, type Pipeline, type StepName, stepId } from "@/lib/jobs/schema";
import { ingestFile } from "@/lib/studio/ingest";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";

let studio: TestStudio;
let folder: string;
let picture: string;
beforeAll(async () => {
  studio = await startStudio();
  folder = await mkdtemp(join(tmpdir(), "kinora-readings-"));
  const path = join(folder, "red.png");
  await sharp({ create: { width: 640, height: 360, channels: 3, background: "#a33" } }).toFile(path);
  const file = { path, filename: "red.png", role: "upload", origin: {} };
  picture = (await ingestFile(studio.team.editor, file)).id;
});
afterAll(async () => {
  await studio.stop();
  await rm(folder, { recursive: true });
});

const DRAFT = { imageModel: "draft:storyboard", videoModel: "draft:camera", visionModel: "draft:measure" };
const PAID = {
  imageModel: "replicate:black-forest-labs/flux-schnell",
  videoModel: "replicate:wan-video/wan-2.2-i2v-fast",
  visionModel: "openai:gpt-6-luna",
};
const prompt = "a red kite over a green hill";

/** Every pipeline, in every shape its program has. A new one belongs here. */
const ORDERS: Record<Pipeline, () => Record<string, unknown>[]> = {
  "animated-picture": () => [
    { prompt, count: 3, animate: false, ...DRAFT },
    { prompt, count: 1, ...PAID },
    { prompt, count: 2, chooseAutomatically: true, ...PAID },
    { prompt, count: 2, motion: "Pan to the left", ...PAID },
    { pictureId: picture, durationSeconds: 2, ...DRAFT },
  ],
  "picture-reading": () => [{ assetId: picture, visionModel: PAID.visionModel }],
};
const orders = PIPELINES.flatMap((pipeline) =>
  ORDERS[pipeline]().map((_, nth) => ({ pipeline, nth, input: () => ORDERS[pipeline]()[nth] ?? {} })),
);

/** Lets a job run to its end, choosing the last picture wherever it asks. */
async function finish(jobId: string) {
  for (;;) {
    const job = await waitForJob(studio, jobId, ["completed", "failed", "waiting"]);
    if (job.state === "failed") throw new Error(job.error?.message);
    if (job.state === "completed") return getJob(studio.team.editor, jobId);
    if (job.wait?.kind !== "choice") throw new Error(`It waits: ${job.wait?.kind}`);
    await decide(studio.team.editor, jobId, job.wait, job.wait.options.at(-1) ?? "");
  }
}

const names = (steps: StepName[]) => steps.map((step) => step.name);

describe.each(orders)("the readings of $pipeline, order $nth", ({ pipeline, input }) => {
  it("agree: what was planned is run, what was previewed is made again, the price is kept", async () => {
    const order = { pipeline, input: input() };
    const quote = await quoteJob(studio.team.editor, order);
    const { id } = await submitJob(studio.team.editor, order);
    let record = await finish(id);

    expect(names(record.job.plan)).toEqual(names(quote.steps));
    expect(record.job.plan.every((step) => step.made)).toBe(true);
    const planned = record.job.plan.map((step) => `${stepId(step)} ${step.key}`);
    const run = record.steps.filter(({ state }) => state === "completed");
    expect(run.map((step) => `${stepId(step)} ${step.key}`)).toEqual(planned);
    expect(record.job.costMicros).toBeLessThanOrEqual(quote.highMicros);
    expect(record.heldMicros).toBe(0);

    for (const step of record.job.plan.filter(({ repeatable }) => repeatable)) {
      const preview = (await impactsOf(record)).takes[stepId(step)];
      const before = record;
      await newTake(studio.team.editor, id, { name: step.name, subject: step.subject });
      record = await finish(id);
      const kept = new Set(before.steps.map((one) => `${stepId(one)} ${one.key}`));
      const made = record.job.plan.filter(
        (one) => one.kind !== "gate" && !kept.has(`${stepId(one)} ${one.key}`),
      );
      const previewed = [...(preview?.own.steps ?? []), ...(preview?.following.steps ?? [])];
      expect(names(made)).toEqual(names(previewed));
      const high = (preview?.own.highMicros ?? 0) + (preview?.following.highMicros ?? 0);
      expect(record.job.costMicros - before.job.costMicros).toBeLessThanOrEqual(high);
    }
  });
});

describe("a choice", () => {
  it("says beforehand what each picture would make, which of one taken before is nothing", async () => {
    const input = { prompt, count: 2, ...PAID };
    const { id } = await submitJob(studio.team.editor, { pipeline: "animated-picture", input });
    const record = await finish(id);
    const gate = record.job.plan.find(({ kind }) => kind === "gate");
    const { choices } = await impactsOf(record);
    const [first, last] = Object.values(choices[stepId(gate ?? { name: "", subject: "" })] ?? {});
    expect(names(first?.steps ?? [])).toEqual(["read the still", "animate the still"]);
    expect(last?.steps).toEqual([]);
  });
});
