import { describe, expect, it } from "vitest";
import { errorOf, newContext, openContract, pictureOrder, place } from "@/tests/contract/harness";
import type { Operation } from "../provider";

const contract = openContract();
const signal = () => AbortSignal.timeout(25_000);
const asked = pictureOrder("replicate:black-forest-labs/flux-schnell");
const operation: Operation = {
  provider: "replicate",
  id: "p",
  model: asked.model,
  capability: "generateImage",
  size: { count: 2 },
};
const read = async (more: object) => {
  const { Prediction, readPrediction } = await import("./prediction");
  return readPrediction(Prediction.parse({ id: "p", ...more }), operation);
};
const URLS = ["https://replicate.delivery/0.png", "https://replicate.delivery/1.png"];

describe("an odd answer to a look", () => {
  it("takes a good result from between odd fields", async () => {
    const odd = { model: 7, logs: {}, metrics: { predict_time: "x" }, input: [], created_at: 5 };
    const seen = await read({ status: "succeeded", output: URLS, ...odd });
    expect(seen).toMatchObject({ state: "succeeded", costMicros: 6000 });
  });

  it("says how many are missing, and never bills more than was ordered", async () => {
    const one = await read({ status: "succeeded", output: [URLS[0], null] });
    expect(one).toMatchObject({ state: "succeeded", outputs: { missing: 1 }, costMicros: 3000 });
    const five = await read({ status: "succeeded", output: [...URLS, ...URLS, URLS[0]] });
    expect(five).toMatchObject({ state: "succeeded", costMicros: 6000 });
  });

  it.each([-5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    "bounds the bill of %d seconds",
    async (seconds) => {
      const seen = await read({ status: "canceled", metrics: { predict_time: seconds } });
      const cost = seen.state === "failed" ? seen.costMicros : Number.NaN;
      expect(cost).toBeGreaterThanOrEqual(0);
      expect(cost).toBeLessThanOrEqual(6000);
    },
  );

  it("ends under a status it does not know, and waits while nothing speaks of an end", async () => {
    expect(await read({ status: "reticulating" })).toEqual({ state: "running" });
    expect((await read({ status: "done", output: URLS })).state).toBe("succeeded");
    const ended = await read({ status: "evaporated", completed_at: "2026-01-01T00:00:00Z" });
    expect(ended).toMatchObject({ state: "gone", costMicros: 6000 });
    expect((await read({ status: "succeeded", output: null, data_removed: true })).state).toBe("gone");
  });

  it("reads an output as deep as a stack can fall", async () => {
    const deep = JSON.parse(`${"[".repeat(50_000)}${"]".repeat(50_000)}`) as unknown;
    expect((await read({ status: "succeeded", output: deep })).state).toBe("failed");
  });
});

describe("an odd list", () => {
  const loseAndAsk = async (list: (id: string, key: string) => object, taken = true) => {
    const { provider } = await import("@/lib/ai");
    const context = await newContext();
    const postedAt = new Date();
    contract.server.script({ answer: { drop: taken ? "after-taken" : "before-taken" } });
    await errorOf(place(provider("replicate"), asked, context));
    const id = contract.server.charges().at(-1)?.orderId ?? "none";
    const body = list(id, context.key);
    contract.server.script({ on: "list", times: 2, answer: { status: 200, body } });
    const ask = () => provider("replicate").reconcile?.(context.key, asked, postedAt, signal());
    return { ask, id };
  };
  const carrying = (id: string, key: string) => ({
    id,
    status: "starting",
    webhook: `https://kinora.example/api/webhooks/replicate?generation=${key}`,
  });

  it("finds its own beside entries that cannot be read", async () => {
    const junk = [null, 7, { id: null }, { id: "x\0" }, { id: "x", input: 3, status: [] }];
    const { ask, id } = await loseAndAsk((own, key) => ({ results: [...junk, carrying(own, key)] }));
    expect((await ask())?.id).toBe(id);
  });

  it.each([
    ["an entry cannot be read", { results: [null] }],
    ["an entry's id can be nobody's", { results: [{ id: "x".repeat(3000) }, { id: "x\0" }] }],
    ["an entry's time cannot be read", { results: [{ id: "x", created_at: "noon" }] }],
    [
      "it goes on at another host",
      { results: [], next: "https://elsewhere.example/v1/predictions?cursor=2" },
    ],
    ["it goes on nowhere", { results: [], next: { page: 2 } }],
  ])("leaves it to a person, and asks nobody else, when %s", async (_why, body) => {
    const { ask } = await loseAndAsk(() => body, false);
    expect(await errorOf(ask() ?? expect.fail("cannot be asked"))).toMatchObject({ code: "answer_lost" });
  });

  it("goes on after an entry of long ago", async () => {
    const old = { id: "old", status: "starting", created_at: "1970-01-01T00:00:00Z" };
    const { ask, id } = await loseAndAsk((own, key) => ({ results: [old, carrying(own, key)] }));
    expect((await ask())?.id).toBe(id);
  });
});
