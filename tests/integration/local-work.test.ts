import { randomBytes } from "node:crypto";
import { access } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { cancelJob, newTake, quoteJob, submitJob } from "@/inngest";
import { schema } from "@/lib/db";
import { describeSteps, getJob } from "@/lib/jobs";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";
import { theStep } from "../support/the-step";

/** What the work of this test does, and what is known of it. */
const bench = vi.hoisted(() => ({
  atWork: 0,
  most: 0,
  folders: [] as string[],
  stumbles: 0,
  until: Promise.resolve() as Promise<unknown>,
}));

/** A pipeline of one step on this machine: noise, so that no two makes give the same bytes. */
vi.mock("@/inngest/pipelines/animated-picture", async () => {
  const { definePipeline } = await import("@/inngest/define-pipeline");
  const { animatedPictureForm } = await import("@/inngest/orders/animated-picture");
  const { default: draw } = await import("sharp");
  const noise: import("@/lib/studio").LocalWork<{ count: number }, { assetIds: string[] }> = {
    repeatable: true,
    seconds: ({ count }) => count,
    async make({ count }, { folder, signal, progress }) {
      bench.atWork++;
      bench.most = Math.max(bench.most, bench.atWork);
      bench.folders.push(folder);
      try {
        const files = [];
        for (let n = 0; n < count; n++) {
          const path = join(folder, `${n}.png`);
          const raw = { width: 64, height: 64, channels: 3 as const };
          await draw(randomBytes(64 * 64 * 3), { raw }).toFile(path);
          files.push({ path, filename: `noise-${n}`, role: "still" });
          progress((n + 1) / count);
        }
        const aborted = new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason)));
        await Promise.race([bench.until, aborted]);
        return { files, data: { count } };
      } finally {
        bench.atWork--;
      }
    },
    async result(_scope, _input, { assetIds }) {
      if (bench.stumbles-- > 0) throw new Error("it stumbled after its files were taken in");
      return { assetIds };
    },
    forecast: () => ({ assetIds: [] }),
  };
  const animatedPicture = definePipeline("animated-picture", animatedPictureForm, async ({ input, step }) => {
    await step("make noise", { count: input.count }, noise);
  });
  return { animatedPicture };
});

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
beforeEach(() => {
  Object.assign(bench, { most: 0, folders: [], stumbles: 0, until: Promise.resolve() });
});

const order = (count = 2) => ({ pipeline: "animated-picture" as const, input: { prompt: "noise", count } });
const submit = (count?: number) => submitJob(studio.team.editor, order(count));
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
const assetsOf = (jobId: string) =>
  studio.base.db.select().from(schema.asset).where(eq(schema.asset.jobId, jobId));

describe("work on this machine", () => {
  it("is planned with its time, costs nothing, and becomes assets of its step", async () => {
    const quote = await quoteJob(studio.team.editor, order());
    expect(quote).toMatchObject({
      highMicros: 0,
      seconds: 2,
      steps: [{ name: "make noise", kind: "local" }],
    });
    const { id } = await submit();
    await waitForJob(studio, id, ["completed"]);
    const record = await getJob(studio.team.editor, id);
    expect(describeSteps(record)).toMatchObject([{ kind: "local", state: "completed", costMicros: 0 }]);
    expect(record.made).toHaveLength(2);
    expect(await Promise.all(bench.folders.map(isThere))).toEqual([false]);
  });

  it("becomes the same assets once, however often it is repeated; a new take becomes others", async () => {
    bench.stumbles = 1;
    const { id } = await submit();
    await waitForJob(studio, id, ["completed"]);
    expect(bench.folders).toHaveLength(2);
    const first = await assetsOf(id);
    expect(first).toHaveLength(2);
    await newTake(studio.team.editor, id, theStep("make noise"));
    await waitForJob(studio, id, ["completed"]);
    expect((await assetsOf(id)).map((asset) => asset.take).sort()).toEqual([0, 0, 1, 1]);
  });

  it("stops when its job is canceled, and leaves no files", async () => {
    bench.until = new Promise(() => undefined);
    const { id } = await submit();
    await vi.waitUntil(() => bench.atWork === 1, { timeout: 30_000 });
    await cancelJob(studio.team.editor, id);
    await vi.waitUntil(() => bench.atWork === 0, { timeout: 30_000 });
    await vi.waitUntil(async () => !(await isThere(bench.folders[0] ?? "")), { timeout: 10_000 });
    expect(await assetsOf(id)).toEqual([]);
    expect((await getJob(studio.team.editor, id)).job.state).toBe("canceled");
  });

  it("goes on side by side only as far as there are cores", async () => {
    let open = () => undefined as unknown;
    bench.until = new Promise((resolve) => {
      open = () => resolve(undefined);
    });
    const jobs = await Promise.all(Array.from({ length: 4 }, () => submit(1)));
    await vi.waitUntil(() => bench.atWork === Math.min(4, availableParallelism()), { timeout: 30_000 });
    open();
    for (const { id } of jobs) await waitForJob(studio, id, ["completed"]);
    expect(bench.most).toBeLessThanOrEqual(availableParallelism());
  });
});
