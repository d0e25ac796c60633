import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { analyseAsset, submitJob } from "@/inngest";
import { findDifferences, monthTotals } from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { auditBills } from "../chaos/audit";
import type { Fault, ProviderName } from "../contract";
import { ANSWERS, FATES } from "../contract/kinds";
import { startStudio, type TestStudio, waitForJob } from "../support/studio";

let studio: TestStudio;
beforeAll(async () => {
  studio = await startStudio();
});
afterAll(() => studio.stop());
afterEach(async () => {
  expect(studio.contract.problems()).toEqual([]);
  studio.contract.reset();
  const { details } = await auditBills({ sql: studio.base.sql, contract: studio.contract });
  expect(details).toEqual([]);
  expect(await findDifferences(db())).toEqual([]);
});

const MODELS: Record<ProviderName, string> = {
  replicate: "replicate:black-forest-labs/flux-schnell",
  leonardo: "leonardo:seedream-5.0-pro",
  openai: "openai:gpt-image-2.6-flare",
};

type Ended = { name: string; end: string };

async function endOf(jobId: string): Promise<string> {
  const { state } = await waitForJob(studio, jobId, ["completed", "failed", "waiting"], 150);
  const rows = await db().select().from(schema.generation).where(eq(schema.generation.jobId, jobId));
  const row = rows.find(({ provider }) => provider !== "draft");
  return `job ${state}, order ${row?.state}, ${row?.costMicros ? "charged" : "free"}`;
}

async function order(prompt: string, imageModel: string) {
  const input = { prompt, count: 2, animate: false, imageModel, visionModel: "draft:measure" };
  return submitJob(studio.team.editor, { pipeline: "animated-picture", input });
}

async function draw(): Promise<string> {
  const { id } = await order("a quay", "draft:storyboard");
  await waitForJob(studio, id, ["completed"]);
  const [asset] = await db().select().from(schema.asset).where(eq(schema.asset.jobId, id));
  return asset?.id ?? "";
}

/** Orders two pictures from a provider while this goes wrong with them, and tells how it ended. */
async function pictures({ name = "", ...fault }: Fault, provider: ProviderName): Promise<Ended> {
  const prompt = `a lantern (${provider}, ${name})`;
  studio.contract.script({ ...fault, prompt });
  const job = await order(prompt, MODELS[provider]);
  return { name, end: await endOf(job.id) };
}

function byEnd(ended: Ended[]): Record<string, string[]> {
  const ends: Record<string, string[]> = {};
  for (const { name, end } of ended) ends[end] = [...(ends[end] ?? []), name].sort();
  return ends;
}

describe("whatever a provider does with an order, it ends and is charged as billed", () => {
  it.each(["replicate", "leonardo", "openai"] as const)(
    "pictures of %s",
    { timeout: 200_000 },
    async (provider) => {
      const kinds = FATES.filter((fate) => fate.provider === provider && fate.model !== "gpt-6-luna");
      const ended = await Promise.all(kinds.map((kind) => pictures(kind, provider)));
      expect(byEnd(ended)).toMatchSnapshot();
      expect(await monthTotals(studio.team.owner)).toMatchObject({ heldMicros: 0 });
    },
  );

  it("readings of OpenAI", { timeout: 200_000 }, async () => {
    const assetId = await draw();
    const ended: Ended[] = [];
    for (const { name = "", fate } of FATES.filter(({ model }) => model === "gpt-6-luna")) {
      studio.contract.script({ provider: "openai", fate });
      const job = await analyseAsset(studio.team.editor, assetId);
      ended.push({ name, end: await endOf(job.id) });
    }
    expect(byEnd(ended)).toMatchSnapshot();
  });
});

describe("however a provider answers to an order, it is sent once, or again when it was not taken", () => {
  it.each(["replicate", "leonardo", "openai"] as const)(
    "pictures of %s",
    { timeout: 200_000 },
    async (provider) => {
      const kinds = ANSWERS.filter(({ on }) => on === "create");
      const ended = await Promise.all(kinds.map((kind) => pictures(kind, provider)));
      expect(byEnd(ended)).toMatchSnapshot();
    },
  );
});

describe("a list of a provider in which not everything can be read", () => {
  const lists = ANSWERS.filter(({ on, name = "" }) => on === "list" && /nothing|host/.test(name));

  it.each(lists)(
    "$name: finds what is there, and takes nothing for not taken",
    { timeout: 60_000 },
    async (kind) => {
      studio.contract.script({ ...kind, times: 100 });
      const taken: Fault = { name: `taken, ${kind.name}`, answer: { drop: "after-taken" } };
      const untaken: Fault = { name: `untaken, ${kind.name}`, answer: { drop: "before-taken" } };
      const ended = await Promise.all([pictures(taken, "replicate"), pictures(untaken, "replicate")]);
      expect(ended.map(({ end }) => end)).toEqual([
        "job completed, order succeeded, charged",
        "job waiting, order uncertain, free",
      ]);
    },
  );
});
