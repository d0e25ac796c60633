import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { newTake, retryJob, submitJob } from "@/inngest";
import { findDifferences, monthTotals } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { env } from "@/lib/env";
import { jobDetail } from "@/lib/http/job-views";
import { getJob } from "@/lib/jobs";
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

const MODELS = {
  imageModel: "replicate:black-forest-labs/flux-schnell",
  visionModel: "draft:measure",
};
const submit = (input: Record<string, unknown>) =>
  submitJob(studio.team.editor, {
    pipeline: "animated-picture",
    input: { prompt: "a lantern on a quay", count: 1, animate: false, ...MODELS, ...input },
  });
const posts = (provider: "openai" | "replicate") =>
  studio.contract.requests({ provider, kind: "create" }).length;

async function paidOrder(jobId: string) {
  const rows = await db().select().from(schema.generation).where(eq(schema.generation.jobId, jobId));
  const paid = rows.filter((row) => row.provider !== "draft");
  expect(paid).toHaveLength(1);
  const [charged] = await studio.base.sql`
    select coalesce(sum(amount_micros), 0)::float8 as micros from ledger
    where generation_id = ${paid[0]?.id ?? ""} and kind = 'charge'`;
  expect(charged?.micros).toBe(paid[0]?.costMicros);
  return paid[0] as (typeof rows)[number];
}

async function sound() {
  expect(await findDifferences(db())).toEqual([]);
  expect(await monthTotals(studio.team.owner)).toMatchObject({ heldMicros: 0 });
}

const png = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: "#336699" } })
    .png()
    .toBuffer();
const pictureAnswer = (bytes: Buffer) => ({
  status: 200,
  taken: true,
  body: { created: 1, data: [{ b64_json: bytes.toString("base64") }] },
});

/** A vision answer as the provider words it, with a text and a usage of our choice. */
const visionAnswer = (text: string, tokens = 900) => ({
  status: 200,
  taken: true,
  body: {
    ...{ id: "resp_1", object: "response", status: "completed", model: "gpt-6-luna", error: null },
    output: [
      { type: "message", role: "assistant", content: [{ type: "output_text", text, annotations: [] }] },
    ],
    usage: { input_tokens: tokens, output_tokens: 100 },
  },
});
const reading = (description: string) =>
  JSON.stringify({
    ...{ description, tags: ["quay", "lantern", "night"], palette: ["#112233", "#445566", "#778899"] },
    suggestedMotion: "A slow push in.",
  });

describe("what comes back for a paid order", () => {
  it.each([
    ["a NUL character", visionAnswer(reading("a quay\0at night"))],
    ["half a surrogate pair", visionAnswer(reading("a quay \ud83d at night"))],
    ["an absurd usage figure", visionAnswer(reading("a quay at night"), 1e18)],
  ])("with %s is taken in, charged once and used", async (_name, answer) => {
    studio.contract.script({ provider: "openai", answer });
    const job = await submit({ imageModel: "draft:storyboard", visionModel: "openai:gpt-6-luna" });
    const ended = await waitForJob(studio, job.id, ["completed", "failed", "waiting"]);
    expect([ended.state, ended.error]).toEqual(["completed", null]);
    expect(posts("openai")).toBe(1);
    expect((await paidOrder(job.id)).state).toBe("succeeded");
    await sound();
  });

  it("is adopted, not ordered again, when the database goes while the acceptance is written", async () => {
    await studio.base.sql.unsafe(`
      create sequence strikes;
      create function strike() returns trigger language plpgsql as $$ begin
        if new.state = 'accepted' and old.state = 'posting' and nextval('strikes') <= 2 then
          raise exception 'terminating connection due to administrator command' using errcode = '57P01';
        end if;
        return new;
      end $$;
      create trigger strike before update on generation for each row execute function strike();`);
    try {
      const job = await submit({});
      const ended = await waitForJob(studio, job.id, ["completed", "failed", "waiting"]);
      expect([ended.state, ended.error]).toEqual(["completed", null]);
      expect(posts("replicate")).toBe(1);
      await paidOrder(job.id);
      await sound();
    } finally {
      await studio.base.sql.unsafe("drop trigger strike on generation; drop sequence strikes cascade;");
    }
  });

  it("is kept and charged while the media folder takes nothing, and collected when it does again", async () => {
    const media = join(env().KINORA_HOME, "media");
    await rename(media, `${media}-away`);
    await writeFile(media, "not a folder");
    studio.contract.script({ provider: "openai", answer: pictureAnswer(await png(256)) });
    const job = await submit({ imageModel: "openai:gpt-image-2.6-flare" });
    await expect
      .poll(
        async () =>
          (await db().select().from(schema.generation).where(eq(schema.generation.jobId, job.id)))[0],
      )
      .toMatchObject({ state: "answered" });
    expect((await paidOrder(job.id)).costMicros).toBeGreaterThan(0);
    await rm(media);
    await rename(`${media}-away`, media);
    const ended = await waitForJob(studio, job.id, ["completed", "failed"], 90);
    expect([ended.state, ended.error]).toEqual(["completed", null]);
    expect(posts("openai")).toBe(1);
    await sound();
  });

  it.each([
    ["garbage", async () => Buffer.from("this is no picture at all")],
    ["a picture cut short", async () => (await png(400)).subarray(0, 90)],
  ])("as %s is charged and kept; Retry reads it again, only a new take orders anew", async (_name, bytes) => {
    studio.contract.script({ provider: "openai", answer: pictureAnswer(await bytes()) });
    const job = await submit({ imageModel: "openai:gpt-image-2.6-flare" });
    const failed = await waitForJob(studio, job.id, ["failed", "completed"]);
    expect(failed.state).toBe("failed");
    expect(failed.error?.message).toMatch(/It is paid for \(\$.*\), and what came is kept/);
    const lost = await paidOrder(job.id);
    expect(lost.state).toBe("lost");
    expect(lost.costMicros).toBeGreaterThan(0);

    await retryJob(studio.team.editor, job.id);
    await waitForJob(studio, job.id, ["failed", "completed"]);
    expect(posts("openai")).toBe(1);
    const { steps } = await jobDetail(studio.team.viewer, await getJob(studio.team.viewer, job.id));
    const [note] = steps[0]?.orders ?? [];
    expect(note).toMatchObject({ spent: true, kept: [{ bytes: (await bytes()).length }] });

    studio.contract.script({ provider: "openai", answer: pictureAnswer(await png(256)) });
    await newTake(studio.team.editor, job.id, theStep("make the stills"));
    expect((await waitForJob(studio, job.id, ["completed", "failed"])).error).toBeNull();
    expect(posts("openai")).toBe(2);
    await sound();
  });

  it("small as a thumbnail costs no second order", async () => {
    studio.contract.script({ provider: "openai", answer: pictureAnswer(await png(32)) });
    const job = await submit({ imageModel: "openai:gpt-image-2.6-flare" });
    const ended = await waitForJob(studio, job.id, ["completed", "failed"]);
    expect([ended.state, ended.error]).toEqual(["completed", null]);
    expect(posts("openai")).toBe(1);
    expect((await paidOrder(job.id)).costMicros).toBeGreaterThan(0);
    await sound();
  });

  it("is not lost by one error page of the host that delivers it", async () => {
    const page = { status: 200, body: "<html>try again</html>" };
    studio.contract.script({ provider: "replicate", on: "download", answer: page });
    const job = await submit({});
    const ended = await waitForJob(studio, job.id, ["completed", "failed"], 90);
    expect([ended.state, ended.error]).toEqual(["completed", null]);
    expect(posts("replicate")).toBe(1);
    await sound();
  });

  it("that can never be fetched ends as paid and lost, and Retry does not order it again", async () => {
    studio.contract.script({ provider: "replicate", fate: { delivery: 404 } });
    const job = await submit({});
    const failed = await waitForJob(studio, job.id, ["failed", "completed"]);
    expect(failed.error?.message).toContain("its result is lost");
    expect(failed.error?.action).toContain("New take");
    expect((await paidOrder(job.id)).state).toBe("lost");
    await retryJob(studio.team.editor, job.id);
    await waitForJob(studio, job.id, ["failed", "completed"]);
    expect(posts("replicate")).toBe(1);
    expect((await paidOrder(job.id)).costMicros).toBeGreaterThan(0);
    await sound();
  });

  it("belongs to the person who ordered it", async () => {
    const job = await submit({});
    await waitForJob(studio, job.id, ["completed"]);
    const made = await db().select().from(schema.asset).where(eq(schema.asset.jobId, job.id));
    expect(made.map((asset) => asset.createdBy)).toEqual([studio.team.editor.userId]);
  });
});
