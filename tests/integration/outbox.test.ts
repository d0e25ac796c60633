import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { inngest, retryJob, submitJob } from "@/inngest";
import { leaveOutbox } from "@/lib/jobs";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
afterEach(() => {
  vi.restoreAllMocks();
});

/** Nothing can be asked for, by the relay neither, until the mocks are restored. */
const cutOff = () => vi.spyOn(inngest, "send").mockRejectedValue(new Error("the engine is away"));

const submit = () =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "a ferry at night", count: 1, animate: false, imageModel: "draft:storyboard" },
  });
const entries = async () => [...(await studio.base.sql`select job_id, run from outbox`)];
const asked = async (id: string) =>
  (await studio.base.sql`select key from engine.event where key like ${`${id}-%`} order by seq`).map(
    ({ key }) => key,
  );

describe("the outbox", () => {
  it("is left at once by a job that was asked for", async () => {
    const { id } = await submit();
    expect(await entries()).toEqual([]);
    expect(await asked(id)).toEqual([`${id}-r1`]);
  });

  it("keeps a job whose process could not ask for it, and a worker asks, once", async () => {
    cutOff();
    const { id } = await submit();
    expect(await asked(id)).toEqual([]);
    expect(await entries()).toEqual([{ job_id: id, run: 1 }]);
    vi.restoreAllMocks();
    expect((await waitForJob(studio, id, ["completed", "failed"])).state).toBe("completed");
    expect(await asked(id)).toEqual([`${id}-r1`]);
    await expect.poll(entries, { timeout: 30_000 }).toEqual([]);
  });

  it("is not left by a later run when an earlier one was asked for late", async () => {
    const first = await submit();
    await waitForJob(studio, first.id, ["completed"]);
    await studio.base.sql`update job set state = 'failed' where id = ${first.id}`;
    cutOff();
    const second = await retryJob(studio.team.editor, first.id);
    expect(second.run).toBe(2);
    await leaveOutbox(studio.base.db, first);
    expect(await entries()).toEqual([{ job_id: first.id, run: 2 }]);
    vi.restoreAllMocks();
    expect((await waitForJob(studio, first.id, ["completed", "failed"])).run).toBe(2);
    expect(await asked(first.id)).toEqual([`${first.id}-r1`, `${first.id}-r2`]);
  });
});
