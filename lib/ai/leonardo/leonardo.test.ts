import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  errorOf,
  lookUntilEnd,
  newContext,
  newFolder,
  newPicture,
  openContract,
  place,
} from "@/tests/contract/harness";
import type { Order } from "../capability";
import type { Operation } from "../provider";

const contract = openContract();
const ai = () => import("@/lib/ai");
const leonardo = async () => (await ai()).provider("leonardo");
const signal = () => AbortSignal.timeout(20_000);

type PictureInput = Extract<Order, { capability: "generateImage" }>["input"];

function pictureOrder(more: Partial<PictureInput> = {}): Order {
  const input = { prompt: "a glass greenhouse", ratio: "16:9" as const, count: 2, references: [], ...more };
  return { capability: "generateImage", model: "leonardo:nano-banana-2", input };
}

async function begin(order: Order, context = {}): Promise<Operation> {
  const begun = await place(await leonardo(), order, await newContext(context));
  if (begun.state !== "accepted") throw new Error("not accepted");
  return begun.operation;
}

describe("orders on Leonardo", () => {
  it("makes pictures that are not public, and charges once for what was made", async () => {
    const before = contract.server.charges().length;
    const operation = await begin(pictureOrder());
    const ended = await lookUntilEnd(await leonardo(), operation);
    if (ended.state !== "succeeded") throw new Error(ended.state);
    expect(ended.outputs.files).toHaveLength(2);
    expect(ended.costMicros).toBe(2 * 80_000);
    expect(contract.server.requests({ kind: "create" })[0]?.body).toMatchObject({ public: false });
    expect(contract.server.charges().length - before).toBe(1);
    const path = join(await newFolder(), "a.png");
    const [file] = ended.outputs.files;
    if (!file) throw new Error("no file");
    await (await ai()).downloadOutput(file, path, { provider: "leonardo", signal: signal() });
    expect((await readFile(path)).subarray(1, 4).toString()).toBe("PNG");
  });

  it.each(["16:9", "9:16", "1:1", "4:3", "3:4"] as const)(
    "asks every model rightly for %s",
    async (ratio) => {
      const image = await newPicture();
      for (const { id, capability } of (await ai())
        .models()
        .filter((model) => model.provider === "leonardo")) {
        const prompt = "morning light";
        if (capability === "generateImage") {
          await begin({ capability, model: id, input: { prompt, ratio, count: 1, references: [image] } });
        } else if (capability === "animateImage") {
          await begin({ capability, model: id, input: { prompt, ratio, durationSeconds: 2, image } });
        }
      }
    },
  );

  it("uploads the first frame without the key, and brings back the film rather than its poster", async () => {
    const image = await newPicture();
    const operation = await begin({
      capability: "animateImage",
      model: "leonardo:kling-3.0-turbo",
      input: { prompt: "leaves move", ratio: "9:16", durationSeconds: 4, image },
    });
    expect(contract.server.requests({ kind: "upload" }).map(({ path }) => path.split("/").at(-2))).toEqual([
      "v1",
      "upload",
    ]);
    const ended = await lookUntilEnd(await leonardo(), operation);
    if (ended.state !== "succeeded") throw new Error(ended.state);
    expect(ended.costMicros).toBe(4 * 200_000);
    const [film] = ended.outputs.files;
    expect(film).toMatchObject({ url: expect.stringMatching(/\.mp4$/) });
  });

  it("answers the doctor with the credits left", async () => {
    const check = await (await leonardo()).check(signal());
    expect(check).toEqual({ state: "ok", detail: "Signed in as contract; 3500 API credits left." });
  });

  it("answers the doctor without a warning where the account has no credits: it is billed in dollars", async () => {
    const me = { user: { id: "u1", username: "dollars" }, apiSubscriptionTokens: 0, apiPaidTokens: null };
    contract.server.script({ on: "account", answer: { status: 200, body: { user_details: [me] } } });
    const check = await (await leonardo()).check(signal());
    expect(check).toMatchObject({
      state: "ok",
      detail: expect.stringMatching(/^Signed in as dollars; its balance/),
    });
  });

  it("answers the doctor also when the key is wrong, or nobody is there", async () => {
    contract.server.script(
      { on: "account", answer: { status: 401 } },
      { on: "account", answer: { status: 503 } },
    );
    const provider = await leonardo();
    expect(await provider.check(signal())).toMatchObject({
      state: "fail",
      mend: expect.stringContaining("LEONARDO_API_KEY"),
    });
    expect(await provider.check(signal())).toMatchObject({ state: "warn" });
  });
});

describe("an order that Leonardo does not take", () => {
  const words = (error: string) => ({ error, path: "$", code: "unexpected" });

  it.each([
    [{ status: 401 }, "provider_auth"],
    [{ status: 400, body: words("Invalid response from authorization hook") }, "provider_auth"],
    [{ status: 402 }, "provider_credit"],
    [{ status: 400, body: words("not enough api tokens") }, "provider_credit"],
    [{ status: 400, body: words("the prompt was blocked by moderation") }, "provider_refused"],
    [{ status: 200, body: [{ message: "width is not valid", extensions: {} }] }, "provider_input"],
    [{ status: 200, body: { errors: [{ message: "NSFW prompt" }] } }, "provider_refused"],
    [{ status: 422 }, "provider_input"],
    [{ status: 429, retryAfter: "9" }, "provider_throttled"],
    [{ status: 503 }, "provider_down"],
  ])("%o is %s, asked once", async (answer, code) => {
    const before = contract.server.charges().length;
    contract.server.script({ answer });
    expect(await errorOf(begin(pictureOrder()))).toMatchObject({ code, provider: "leonardo" });
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
    expect(contract.server.charges()).toHaveLength(before);
  });

  it("is taken all the same where an id comes beside the words", async () => {
    const id = "33333333-3333-4333-8333-333333333333";
    const body = { generate: { generationId: id }, message: "width was adjusted" };
    contract.server.script({ answer: { status: 200, taken: true, body } });
    expect((await begin(pictureOrder())).id).toBe(id);
  });

  it("takes an upload that fails for what it is: nothing was ordered", async () => {
    contract.server.script({ on: "upload", answer: { drop: "after-taken" } });
    const error = await errorOf(begin(pictureOrder({ references: [await newPicture()] })));
    expect(error).toMatchObject({ code: "provider_down", retry: "later" });
    expect(contract.server.requests({ kind: "create" })).toHaveLength(0);
  });
});

describe("an order to Leonardo whose answer is lost", () => {
  it.each([
    ["dropped after it was taken", { drop: "after-taken" as const }],
    ["not JSON", { malformed: true as const }],
    ["an error of its own", { status: 500, taken: true }],
  ])("%s: one POST, found again by its seed", async (_name, answer) => {
    const context = await newContext();
    contract.server.script({ answer });
    const provider = await leonardo();
    expect((await errorOf(place(provider, pictureOrder(), context))).code).toBe("answer_lost");
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
    const found = await provider.reconcile?.(context.key, pictureOrder(), new Date(), signal());
    expect(found?.id).toBe(contract.server.charges().at(-1)?.orderId);
  });

  it("is found by a given seed when the other with that seed belongs to somebody", async () => {
    const asked = pictureOrder({ seed: 99 });
    const other = await begin(asked);
    const context = await newContext();
    contract.server.script({ answer: { drop: "after-taken" } });
    const provider = await leonardo();
    await errorOf(place(provider, asked, context));
    const found = await provider.reconcile?.(
      context.key,
      asked,
      new Date(),
      signal(),
      async () => new Set([other.id]),
    );
    expect(found?.id).toBe(contract.server.charges().at(-1)?.orderId);
  });

  it("is left to a person when the list does not show it, for that proves nothing", async () => {
    const context = await newContext();
    contract.server.script({ answer: { drop: "before-taken" } });
    const provider = await leonardo();
    await errorOf(place(provider, pictureOrder(), context));
    const asking = provider.reconcile?.(context.key, pictureOrder(), new Date(), signal());
    const error = await errorOf(asking ?? expect.fail("cannot be asked"));
    expect(error).toMatchObject({ code: "answer_lost" });
    expect(error.action).toContain("do not pay again");
  });
});

describe("an order on Leonardo that ends badly", () => {
  it.each([[{ fail: "x" }], [{ empty: true }]])("%o is free", async (fate) => {
    contract.server.script({ fate });
    const ended = await lookUntilEnd(await leonardo(), await begin(pictureOrder()));
    if (ended.state !== "failed") throw new Error(ended.state);
    expect(ended).toMatchObject({ costMicros: 0, error: { code: "provider_failed", provider: "leonardo" } });
  });

  it("asks again when it is not listed yet", async () => {
    const operation = await begin(pictureOrder());
    const unknown = { ...operation, id: "22222222-2222-4222-8222-222222222222" };
    const error = await errorOf((await leonardo()).look(unknown, signal()));
    expect(error).toMatchObject({ code: "provider_answer", retry: "later" });
  });
});
