import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { approve, decide, newTake, submitJob } from "@/inngest";
import { getJob } from "@/lib/jobs";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";
import { theStep } from "../support/the-step";

/** The pipeline of stills with one more line: a person approves of them before they are read. */
vi.mock("@/inngest/pipelines/animated-picture", async () => {
  const { definePipeline } = await import("@/inngest/define-pipeline");
  const { animatedPictureForm } = await import("@/inngest/orders/animated-picture");
  const { makeStills, readPicture } = await import("@/lib/studio");
  const animatedPicture = definePipeline(
    "animated-picture",
    animatedPictureForm,
    async ({
      input: { prompt, ratio, count, seed, imageModel, visionModel: model },
      step,
      each,
      approve,
    }) => {
      const asked = { prompt, ratio, count, seed, model: imageModel, referenceIds: [] };
      const { assetIds } = await step("make the stills", asked, makeStills);
      await approve("approve the stills", { assetIds });
      await each(assetIds, (assetId, n) =>
        step("read the still", { assetId, model }, readPicture, { id: assetId, title: `still ${n + 1}` }),
      );
    },
  );
  return { animatedPicture };
});

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
afterEach(() => expect(studio.contract.problems()).toEqual([]));

const GATE = theStep("approve the stills");
const PAID = { imageModel: "replicate:black-forest-labs/flux-schnell", visionModel: "openai:gpt-6-luna" };
const readings = () => studio.contract.requests({ kind: "create", provider: "openai" }).length;

async function waitingForApproval(jobId: string) {
  const { wait } = await waitForJob(studio, jobId, ["waiting", "failed", "completed"]);
  if (wait?.kind !== "approval") throw new Error(`it waits for ${wait?.kind}`);
  return wait;
}

describe("a gate that asks for approval", () => {
  it("spends nothing before it, and remembers who allowed how much", async () => {
    const input = { prompt: "a blue door", count: 2, ...PAID };
    const { id } = await submitJob(studio.team.editor, { pipeline: "animated-picture", input });
    const wait = await waitingForApproval(id);
    expect(readings()).toBe(0);
    const record = await getJob(studio.team.editor, id);
    const toRead = record.job.plan.filter((step) => step.name === "read the still");
    expect(wait.upToMicros).toBe(toRead.reduce((sum, step) => sum + step.highMicros, 0));

    await expect(approve(studio.team.viewer, id, GATE, wait.key)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(decide(studio.team.editor, id, GATE, wait.key)).rejects.toMatchObject({ code: "bad_input" });
    await approve(studio.team.editor, id, GATE, wait.key);
    await waitForJob(studio, id, ["completed"]);
    expect(readings()).toBe(2);
    const { decisions } = await getJob(studio.team.editor, id);
    expect(decisions).toMatchObject([
      { kind: "approve", name: GATE.name, value: wait.key, upToMicros: wait.upToMicros },
    ]);
  });

  it("is of exactly what was seen: after a new take it is asked for anew", async () => {
    const input = { prompt: "a green door", count: 1, ...PAID };
    const { id } = await submitJob(studio.team.editor, { pipeline: "animated-picture", input });
    const seen = await waitingForApproval(id);
    await approve(studio.team.editor, id, GATE, seen.key);
    await waitForJob(studio, id, ["completed"]);
    await newTake(studio.team.editor, id, theStep("make the stills"));
    const anew = await waitingForApproval(id);
    expect(anew.key).not.toBe(seen.key);
    await expect(approve(studio.team.editor, id, GATE, seen.key)).rejects.toMatchObject({ code: "conflict" });
    await approve(studio.team.editor, id, GATE, anew.key);
    await waitForJob(studio, id, ["completed"]);
  });
});
