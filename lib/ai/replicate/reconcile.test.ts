import { describe, expect, it } from "vitest";
import { errorOf, newContext, newPicture, openContract, place } from "@/tests/contract/harness";
import type { MediaInput, Order } from "../capability";
import type { BeginContext } from "../provider";

const contract = openContract();
const replicate = async () => (await import("@/lib/ai")).provider("replicate");
const signal = () => AbortSignal.timeout(25_000);
const NO_SEED = "replicate:google/nano-banana-2";

function order(more: { seed?: number; model?: string; prompt?: string } = {}): Order {
  const { model = "replicate:black-forest-labs/flux-schnell", prompt = "a lighthouse", seed } = more;
  return {
    capability: "generateImage",
    model,
    input: { prompt, ratio: "16:9", count: 1, references: [], seed },
  };
}

/** Orders, loses the answer, and asks what was taken. */
type Losing = { taken: boolean; others?: Set<string> } & Partial<BeginContext>;

async function loseAndAsk(asked: Order, { taken, others, ...more }: Losing) {
  const context = await newContext(more);
  const postedAt = new Date();
  contract.server.script({ answer: { drop: taken ? "after-taken" : "before-taken" } });
  const provider = await replicate();
  expect((await errorOf(place(provider, asked, context))).code).toBe("answer_lost");
  if (!provider.reconcile) throw new Error("cannot be asked");
  return provider.reconcile(context.key, asked, postedAt, signal(), others && (async () => others));
}

/** Orders, and tells the operation's id: it belongs to another generation. */
async function orderAnother(asked: Order): Promise<string> {
  const begun = await place(await replicate(), asked, await newContext());
  return begun.state === "accepted" ? begun.operation.id : expect.fail("not accepted");
}

function newestOrder(): string | undefined {
  return contract.server.charges().at(-1)?.orderId;
}

describe("reconciling a lost order with Replicate", () => {
  it("finds its own by the seed that was made from the key, among sisters with the same prompt", async () => {
    const provider = await replicate();
    for (let n = 0; n < 3; n += 1) await place(provider, order(), await newContext());
    const found = await loseAndAsk(order(), { taken: true });
    expect(found?.id).toBe(newestOrder());
    expect(found?.size).toEqual({ count: 1, references: 0 });
    expect(contract.server.requests({ kind: "create" })).toHaveLength(4);
    expect((await provider.look(found ?? expect.fail("nothing found"), signal())).state).not.toBe("failed");
  });

  it("finds it in a long list, page after page", async () => {
    const provider = await replicate();
    const context = await newContext();
    const postedAt = new Date();
    contract.server.script({ answer: { drop: "after-taken" } });
    await errorOf(place(provider, order(), context));
    const id = newestOrder();
    for (let n = 0; n < 120; n += 1) await place(provider, order(), await newContext());
    const found = await provider.reconcile?.(context.key, order(), postedAt, signal());
    expect(found?.id).toBe(id);
    expect(contract.server.requests({ kind: "list" }).length).toBeGreaterThan(1);
  });

  it("says that nothing was taken only after two looks, sisters or not", async () => {
    await place(await replicate(), order(), await newContext());
    expect(await loseAndAsk(order(), { taken: false })).toBeNull();
    const firstPages = contract.server
      .requests({ kind: "list" })
      .filter(({ path }) => !path.includes("cursor"));
    expect(firstPages).toHaveLength(2);
  });

  it("leaves it to a person when a sister of a seedless model looks the same", async () => {
    const error = await errorOf(loseAndAsk(order({ model: NO_SEED }), { taken: true }));
    expect(error).toMatchObject({ code: "answer_lost", retry: "never" });
    expect(error.action).toContain("do not pay again");
  });

  it("leaves it to a person while it is not known whom the others belong to", async () => {
    const asked = order({ seed: 42, prompt: "a pier" });
    expect((await errorOf(loseAndAsk(asked, { taken: true }))).code).toBe("answer_lost");
  });

  it("adopts the same order with a given seed, but none that belongs to another generation", async () => {
    const asked = order({ seed: 43, prompt: "a jetty" });
    const others = new Set([await orderAnother(asked), await orderAnother(asked)]);
    const found = await loseAndAsk(asked, { taken: true, others });
    expect(found?.id).toBe(newestOrder());
    expect(await loseAndAsk(asked, { taken: false, others: others.add(found?.id ?? "") })).toBeNull();
  });

  it("adopts the only same order of a seedless model, and of two none", async () => {
    const asked = order({ model: NO_SEED, prompt: "a ferry" });
    const others = new Set([await orderAnother(asked)]);
    expect((await loseAndAsk(asked, { taken: true, others }))?.id).toBe(newestOrder());
    await orderAnother(asked);
    expect((await errorOf(loseAndAsk(asked, { taken: false, others }))).code).toBe("answer_lost");
  });

  it("never takes the film of another picture, be the words the same", async () => {
    const film = (image: MediaInput): Order => ({
      capability: "animateImage",
      model: "replicate:kwaivgi/kling-v2.5-turbo-pro",
      input: { prompt: "a slow push in", ratio: "16:9", durationSeconds: 5, image },
    });
    const at = (path: string) =>
      newPicture({ url: `https://kinora.example/media/${path}?sig=${Math.random()}` });
    await orderAnother(film(await at("one.jpg")));
    await orderAnother(film(await newPicture({ noise: true, side: 100 })));
    const others = new Set<string>();
    expect(await loseAndAsk(film(await at("two.jpg")), { taken: false, others })).toBeNull();
    expect((await loseAndAsk(film(await at("two.jpg")), { taken: true, others }))?.id).toBe(newestOrder());
  });

  it("is sure that nothing was taken when no seedless order has this prompt", async () => {
    const asked = order({ model: NO_SEED, prompt: "an empty quay that nobody else asks for" });
    expect(await loseAndAsk(asked, { taken: false })).toBeNull();
  });

  it("works for films too, whose picture travels another way each time", async () => {
    const film: Order = {
      capability: "animateImage",
      model: "replicate:bytedance/seedance-2.0-fast",
      input: { prompt: "waves", ratio: "16:9", durationSeconds: 5, image: await newPicture() },
    };
    const found = await loseAndAsk(film, { taken: true });
    expect(found).toMatchObject({ id: newestOrder(), size: { durationSeconds: 5 } });
  });

  it("does not guess while Replicate cannot be asked", async () => {
    contract.server.script({ on: "list", answer: { status: 500 } });
    expect(await errorOf(loseAndAsk(order(), { taken: true }))).toMatchObject({
      code: "provider_down",
      retry: "later",
    });
  });
});

describe("likeness", () => {
  const prediction = { id: "p", status: "starting" as const, output: null, error: null, source: "api" };

  it("goes by our key before anything else, where the list shows it", async () => {
    const { compare } = await import("./likeness");
    const { mapOrder } = await import("./inputs");
    const input = mapOrder(order({ model: NO_SEED }), "key 1");
    const webhook = (key: string) => `https://kinora.example/api/webhooks/replicate?generation=${key}`;
    expect(compare({ ...prediction, input: {}, webhook: webhook("key+1") }, input, "key 1")).toBe("ours");
    expect(
      compare(
        { ...prediction, input: { prompt: "a lighthouse" }, webhook: webhook("key+2") },
        input,
        "key 1",
      ),
    ).toBe("not ours");
  });

  it("is in doubt, never sure, when the inputs have been deleted or reworded", async () => {
    const { compare } = await import("./likeness");
    const { mapOrder } = await import("./inputs");
    const input = mapOrder(order(), "key 1");
    expect(compare({ ...prediction, data_removed: true, input: {} }, input, "key 1")).toBe("perhaps");
    expect(compare({ ...prediction, input: { prompt: " a\nlighthouse " } }, input, "key 1")).toBe("perhaps");
    const given = mapOrder(order({ seed: 7 }), "key 1");
    expect(compare({ ...prediction, input: { prompt: "a lighthouse", seed: 7 } }, given, "key 1")).toBe(
      "same",
    );
    expect(compare({ ...prediction, input: { prompt: "reworded", seed: 7 } }, given, "key 1")).toBe(
      "perhaps",
    );
    expect(compare({ ...prediction, input: { prompt: "a lighthouse", seed: 1 } }, input, "key 1")).toBe(
      "not ours",
    );
    expect(compare({ ...prediction, model: "google/veo-3.1" }, input, "key 1")).toBe("not ours");
    expect(compare({ ...prediction, source: "web" }, input, "key 1")).toBe("not ours");
  });
});
