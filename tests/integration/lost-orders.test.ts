import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { submitJob } from "@/inngest";
import { findDifferences } from "@/lib/budget";
import { db } from "@/lib/db";
import type { AnswerFault } from "../contract";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
afterEach(() => {
  expect(studio.contract.problems()).toEqual([]);
  studio.contract.reset();
});

const submit = (imageModel: string, seed?: number) =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "a buoy in the fog", count: 1, animate: false, imageModel, seed },
  });
const pictures = () => studio.contract.charges().filter(({ provider }) => provider === "replicate");
const posts = () => studio.contract.requests({ provider: "replicate", kind: "create" });
const SCHNELL = "replicate:black-forest-labs/flux-schnell";

describe("an order whose answer is lost, through the whole studio", () => {
  it.each<[string, AnswerFault, number]>([
    ["taken, then the socket drops: adopted", { drop: "after-taken" }, 1],
    ["taken, then nonsense: adopted", { malformed: true }, 1],
    ["dropped before it was taken: ordered once more", { drop: "before-taken" }, 2],
  ])("%s; paid once", async (_name, answer, sent) => {
    const before = pictures().length;
    studio.contract.script({ provider: "replicate", answer });
    const job = await submit(SCHNELL);
    const ended = await waitForJob(studio, job.id, ["completed", "failed", "paused", "waiting"]);
    expect([ended.state, ended.error, ended.wait]).toEqual(["completed", null, null]);
    expect(posts()).toHaveLength(sent);
    expect(pictures().length - before).toBe(1);
    expect(await findDifferences(db())).toEqual([]);
  });

  it("tells twins apart: two jobs with one seed, both lost, each adopt one", async () => {
    const before = pictures().length;
    studio.contract.script({ provider: "replicate", answer: { drop: "after-taken" }, times: 2 });
    const jobs = [await submit(SCHNELL, 5), await submit(SCHNELL, 5)];
    for (const { id } of jobs) {
      const ended = await waitForJob(studio, id, ["completed", "failed", "paused", "waiting"]);
      expect([ended.state, ended.error]).toEqual(["completed", null]);
    }
    expect(posts()).toHaveLength(2);
    expect(pictures().length - before).toBe(2);
    const rows = await studio.base
      .sql`select operation ->> 'id' as id from generation where provider = 'replicate'`;
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});
