import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { errorOf, newContext, newPicture, openContract, place } from "@/tests/contract/harness";
import { readAnalysis } from "../analysis";
import type { Order } from "../capability";

const contract = openContract();
const openai = async () => (await import("@/lib/ai")).provider("openai");

type PictureInput = Extract<Order, { capability: "generateImage" }>["input"];

async function draw(more: Partial<PictureInput> = {}, context = {}) {
  const input = { prompt: "a paper boat", ratio: "16:9" as const, count: 1, references: [], ...more };
  const order: Order = { capability: "generateImage", model: "openai:gpt-image-2.5-flare", input };
  const begun = await place(await openai(), order, await newContext(context));
  if (begun.state !== "succeeded") throw new Error("OpenAI answers at once");
  return begun;
}

async function analyse(context = {}) {
  const order: Order = {
    capability: "analyseImage",
    model: "openai:gpt-6-luna",
    input: { image: await newPicture() },
  };
  const begun = await place(await openai(), order, await newContext(context));
  if (begun.state !== "succeeded") throw new Error("OpenAI answers at once");
  return begun;
}

describe("pictures by OpenAI", () => {
  it.each(["16:9", "9:16", "1:1", "4:3", "3:4"] as const)("are real ones in the ratio %s", async (ratio) => {
    const { outputs } = await draw({ ratio, count: 2 });
    expect(outputs.files).toHaveLength(2);
    const [first] = outputs.files;
    if (first?.from !== "bytes") throw new Error("no bytes");
    const { width = 0, height = 0, format } = await sharp(first.bytes).metadata();
    const [w = 1, h = 1] = ratio.split(":").map(Number);
    expect(format).toBe("png");
    expect(Math.abs(width / height - w / h)).toBeLessThan(0.03);
  });

  it("cost what their tokens cost", async () => {
    const { costMicros } = await draw({ count: 2 });
    expect(costMicros).toBe(20 * 5 + 2 * 439 * 30);
  });

  it("take reference pictures as a form", async () => {
    const picture = await newPicture();
    await draw({ references: [picture, picture] });
    const [request] = contract.server.requests({ kind: "create" });
    expect(request?.path).toBe("/openai/v1/images/edits");
    expect(request?.body).toEqual(expect.arrayContaining(["model", "prompt", "size", "image[]"]));
  });
});

describe("vision by OpenAI", () => {
  it("describes, tags and colours a picture, tidied", async () => {
    const { outputs, costMicros } = await analyse();
    expect(readAnalysis(outputs.text ?? "")).toEqual({
      description: expect.stringContaining("test card"),
      tags: ["gradient", "abstract", "test card", "colour"],
      palette: ["#336699", "#ffcc00", "#112233"],
      suggestedMotion: expect.stringContaining("glides"),
    });
    expect(costMicros).toBe(200);
  });

  it("hands over our URL where it can be reached", async () => {
    const image = await newPicture({ url: "https://kinora.example/media/a.png" });
    const order: Order = { capability: "analyseImage", model: "openai:gpt-6-luna", input: { image } };
    await place(await openai(), order, await newContext());
    const [request] = contract.server.requests({ kind: "create" });
    expect(JSON.stringify(request?.body)).toContain('"image_url":"https://kinora.example/media/a.png"');
  });

  it.each([
    [{ refuse: true }, "provider_refused"],
    [{ fail: "max_output_tokens" }, "provider_failed"],
    [{ fail: "content_filter" }, "provider_refused"],
  ])("%o is %s, not a result, and billed all the same", async (fate, code) => {
    contract.server.script({ fate });
    const image = await newPicture();
    const order: Order = { capability: "analyseImage", model: "openai:gpt-6-luna", input: { image } };
    const begun = await place(await openai(), order, await newContext());
    expect(begun).toMatchObject({ state: "failed", costMicros: 200, error: { code, retry: "never" } });
  });
});

describe("an odd answer to a paid order", () => {
  const PNG =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
  const answer = (body: unknown) => contract.server.script({ answer: { status: 200, taken: true, body } });

  it.each([
    ["one of two pictures null", { data: [null, { b64_json: PNG }] }, 1, 50_000 + 20_000],
    ["usage without details", { data: [{ b64_json: PNG }], usage: { output_tokens: 5 } }, 1, 70_000],
    ["absurd usage", { data: [{ b64_json: PNG }], usage: usage(1e300) }, 1, 70_000],
    ["negative usage", { data: [{ b64_json: PNG }], usage: usage(-9) }, 1, 70_000],
  ])("%s: what came is kept, and charged", async (_what, body, files, most) => {
    answer(body);
    const { outputs, costMicros } = await draw({ count: 2 });
    expect(outputs).toMatchObject({ missing: 1 });
    expect(outputs.files).toHaveLength(files);
    expect(costMicros).toBe(most);
  });

  it.each([[{ data: [] }], [{ data: [null] }], [{}]])("%o is charged, and called a failure", async (body) => {
    answer(body);
    const input = { prompt: "a paper boat", ratio: "1:1" as const, count: 1, references: [] };
    const order: Order = { capability: "generateImage", model: "openai:gpt-image-2.6-flare", input };
    const begun = await place(await openai(), order, await newContext());
    expect(begun).toMatchObject({ state: "failed", costMicros: 70_000, error: { code: "provider_failed" } });
  });

  it("text that is not JSON is a result, to be read as often as is needed", async () => {
    const content = [{ type: "output_text", text: "A pier.\u0000", annotations: [] }];
    answer({ status: "completed", output: [null, { type: "message", content }], usage: null });
    expect(await analyse()).toMatchObject({ outputs: { text: "A pier.\u0000" }, costMicros: 5000 });
  });
});

function usage(tokens: number) {
  return { output_tokens: tokens, input_tokens_details: { text_tokens: 1, image_tokens: 0 } };
}

describe("an order that OpenAI does not take", () => {
  const error = (code: string) => ({ error: { message: "No.", type: "x", param: null, code } });

  it.each([
    [{ status: 401 }, "provider_auth"],
    [{ status: 429, body: error("insufficient_quota") }, "provider_credit"],
    [{ status: 400, body: error("billing_hard_limit_reached") }, "provider_credit"],
    [{ status: 400, body: error("moderation_blocked") }, "provider_refused"],
    [{ status: 400, body: error("invalid_value") }, "provider_input"],
    [{ status: 422 }, "provider_input"],
    [{ status: 404, body: error("model_not_found") }, "bad_input"],
    [{ status: 429, retryAfter: "12" }, "provider_throttled"],
    [{ status: 503 }, "provider_down"],
  ])("%o is %s, asked once", async (answer, code) => {
    const before = contract.server.charges().length;
    contract.server.script({ answer });
    expect(await errorOf(draw())).toMatchObject({ code, provider: "openai" });
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
    expect(contract.server.charges()).toHaveLength(before);
  });

  it("is refused by its content rules", async () => {
    contract.server.script({ fate: { refuse: true } });
    expect((await errorOf(draw())).code).toBe("provider_refused");
  });

  it("shows no part of the key", async () => {
    const body = {
      error: { message: "Incorrect API key provided: sk-abc1234567890.", code: "invalid_api_key" },
    };
    contract.server.script({ answer: { status: 401, body } });
    const { message, action } = await errorOf(draw());
    expect(message + action).not.toContain("sk-");
  });
});

describe("an order to OpenAI whose answer is lost", () => {
  it.each([
    ["dropped after it was taken", { drop: "after-taken" as const }, 1],
    ["dropped before it was taken", { drop: "before-taken" as const }, 0],
    ["broken off", { drop: "within-answer" as const }, 1],
    ["not JSON", { malformed: true as const }, 1],
    ["an error of its own", { status: 500 }, 0],
    ["an error of its own after it was taken", { status: 500, taken: true }, 1],
    ["busy with it after it was taken", { status: 409, taken: true }, 1],
    ["a gateway's page", { status: 502, body: "<html>502</html>", taken: true }, 1],
    ["a gateway in the provider's form", { status: 502, taken: true }, 1],
  ])("%s: one POST, and a person is asked", async (_name, answer, charged) => {
    const before = contract.server.charges().length;
    contract.server.script({ answer });
    const error = await errorOf(draw());
    expect(error).toMatchObject({ code: "answer_lost", retry: "never" });
    expect(error.action).toContain("order again");
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
    expect(contract.server.charges().length - before).toBe(charged);
    expect((await openai()).afterLostAnswer).toBe("ask");
  });

  it("hangs: given up, perhaps taken", async () => {
    contract.server.script({ answer: { hang: "after-taken" } });
    const error = await errorOf(analyse({ signal: AbortSignal.timeout(400) }));
    expect(error.code).toBe("answer_lost");
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
  });
});

describe("the doctor's question to OpenAI", () => {
  it("is answered", async () => {
    const check = await (await openai()).check(AbortSignal.timeout(5000));
    expect(check).toEqual({ state: "ok", detail: "The key works; all models are offered." });
  });

  it("names the models that the key may not use, and those that end", async () => {
    const data = [{ id: "gpt-6-luna", shutdown_date: 1_830_297_600 }];
    contract.server.script({ on: "models", answer: { status: 200, body: { object: "list", data } } });
    const check = await (await openai()).check(AbortSignal.timeout(5000));
    expect(check).toMatchObject({ state: "warn", detail: expect.stringContaining("gpt-image-2.5-flare") });
  });
});
