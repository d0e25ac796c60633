import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  beginAt,
  errorOf,
  lookUntilEnd,
  newFolder,
  newPicture,
  openContract,
  pictureOrder,
} from "@/tests/contract/harness";
import type { Order } from "../capability";

const contract = openContract();
const ai = () => import("@/lib/ai");
const replicate = async () => (await ai()).provider("replicate");
const signal = () => AbortSignal.timeout(20_000);
const pictures = (more = {}) => pictureOrder("replicate:black-forest-labs/flux-schnell", more);
const begin = async (order: Order, more = {}) => beginAt(await replicate(), order, more);

describe("orders on Replicate", () => {
  it("makes several pictures in one order, downloads them, and is charged once", async () => {
    const before = contract.server.charges().length;
    const operation = await begin(pictures());
    expect(operation).toMatchObject({ provider: "replicate", size: { count: 2 } });
    const ended = await lookUntilEnd(await replicate(), operation);
    if (ended.state !== "succeeded") throw new Error(ended.state);
    expect(ended.costMicros).toBe(6000);
    expect(ended.outputs.seed).toBe(operation.seed);
    expect(ended.outputs.files).toHaveLength(2);
    const path = join(await newFolder(), "one.png");
    const [first] = ended.outputs.files;
    if (!first) throw new Error("no file");
    const downloaded = await (await ai()).downloadOutput(first, path, {
      provider: "replicate",
      signal: signal(),
    });
    const bytes = await readFile(path);
    expect(downloaded).toEqual({ bytes: bytes.length, mime: "image/png" });
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(contract.server.requests({ kind: "create" })).toHaveLength(1);
    expect(contract.server.charges().length - before).toBe(1);
  });

  it("stops itself after half an hour and carries our key in the webhook URL", async () => {
    await begin(pictures(), {
      key: "gen key/1",
      webhookUrl: "https://kinora.example/api/webhooks/replicate",
    });
    const [request] = contract.server.requests({ kind: "create" });
    expect(request?.headers["cancel-after"]).toBe("30m");
    expect(request?.body).toMatchObject({
      webhook: "https://kinora.example/api/webhooks/replicate?generation=gen+key%2F1",
      webhook_events_filter: ["completed"],
    });
  });

  it.each(["16:9", "9:16", "1:1", "4:3", "3:4"] as const)(
    "asks every model rightly for %s",
    async (ratio) => {
      const picture = await newPicture();
      const { models } = await ai();
      for (const { id, capability, durations } of models().filter(
        (model) => model.provider === "replicate",
      )) {
        const prompt = "a quiet harbour";
        if (capability === "generateImage") {
          const references = /flux-schnell/.test(id) ? [] : [picture];
          await begin({ capability, model: id, input: { prompt, ratio, count: 1, references } });
        }
        if (capability !== "animateImage") continue;
        for (const durationSeconds of [2, 5, 8, 15]) {
          const operation = await begin({
            capability,
            model: id,
            input: { prompt, ratio, image: picture, durationSeconds },
          });
          const made = operation.size?.durationSeconds ?? 0;
          expect(made).toBeGreaterThanOrEqual(durations?.min ?? 0);
          expect(made).toBeLessThanOrEqual(durations?.max ?? 0);
        }
      }
    },
  );

  it("hands a picture over by our URL, within the request, or uploaded, by size and reach", async () => {
    const order = async (image: Awaited<ReturnType<typeof newPicture>>): Promise<Order> => ({
      capability: "animateImage",
      model: "replicate:bytedance/seedance-2.0-fast",
      input: { prompt: "slowly", ratio: "16:9", durationSeconds: 4, image },
    });
    await begin(await order(await newPicture({ url: "https://kinora.example/media/a.png?sig=1" })));
    await begin(await order(await newPicture()));
    await begin(await order(await newPicture({ noise: true })));
    const images = contract.server
      .requests({ kind: "create" })
      .map(({ body }) => String((body as { input: { image: string } }).input.image));
    expect(images[0]).toBe("https://kinora.example/media/a.png?sig=1");
    expect(images[1]).toMatch(/^data:image\/png;base64,/);
    expect(images[2]).toMatch(/\/replicate\/v1\/files\/\w+$/);
    expect(contract.server.requests({ kind: "upload" })).toHaveLength(1);
  });

  it("makes a film, and says what it costs by its real length", async () => {
    const image = await newPicture();
    const operation = await begin({
      capability: "animateImage",
      model: "replicate:google/veo-3.1-fast",
      input: { prompt: "the camera rises", ratio: "9:16", durationSeconds: 5, image },
    });
    const ended = await lookUntilEnd(await replicate(), operation);
    if (ended.state !== "succeeded") throw new Error(ended.state);
    expect(operation.size).toEqual({ durationSeconds: 6 });
    expect(ended.costMicros).toBe(600_000);
    const [film] = ended.outputs.files;
    if (!film) throw new Error("no file");
    const path = join(await newFolder(), "film.mp4");
    const { mime } = await (await ai()).downloadOutput(film, path, {
      provider: "replicate",
      signal: signal(),
    });
    expect(mime).toBe("video/mp4");
    expect((await readFile(path)).subarray(4, 8).toString()).toBe("ftyp");
  });

  it("tells how far it is, from the model's own log", async () => {
    contract.server.script({ fate: { seconds: 30 } }, { fate: { seconds: 0.8 } });
    const waiting = await begin(pictures());
    const running = await begin(pictures());
    await new Promise((resolve) => setTimeout(resolve, 400));
    const provider = await replicate();
    expect(await provider.look(waiting, signal())).toEqual({ state: "running" });
    const looked = await provider.look(running, signal());
    expect(looked).toMatchObject({ state: "running", progress: expect.any(Number) });
  });

  it("cancels, pays for the share that ran, and minds no second cancel", async () => {
    contract.server.script({ fate: { seconds: 30 } });
    const operation = await begin(pictures());
    const provider = await replicate();
    await provider.cancel?.(operation, signal());
    await provider.cancel?.(operation, signal());
    await provider.cancel?.({ ...operation, id: "unknown" }, signal());
    const looked = await provider.look(operation, signal());
    if (looked.state !== "failed") throw new Error(looked.state);
    expect(looked.error.code).toBe("canceled");
    expect(looked.costMicros).toBeLessThanOrEqual(6000);
  });

  it("refuses what a model cannot do before anything is sent", async () => {
    const picture = await newPicture();
    expect(await errorOf(begin(pictures({ references: [picture] })))).toMatchObject({
      code: "bad_input",
    });
    const banana = { ...pictures(), model: "replicate:google/nano-banana-2" };
    await expect(begin(banana as Order)).rejects.toMatchObject({ code: "bad_input" });
    expect(contract.server.requests()).toHaveLength(0);
  });

  it("answers the doctor", async () => {
    expect(await (await replicate()).check(signal())).toEqual({
      state: "ok",
      detail: "Signed in as contract.",
    });
  });

  it("answers the doctor also when the key is wrong, or nobody is there", async () => {
    contract.server.script(
      { on: "account", answer: { status: 401 } },
      { on: "account", answer: { status: 503 } },
    );
    const provider = await replicate();
    expect(await provider.check(signal())).toMatchObject({
      state: "fail",
      mend: expect.stringContaining("REPLICATE_API_TOKEN"),
    });
    expect(await provider.check(signal())).toMatchObject({ state: "warn" });
  });
});
