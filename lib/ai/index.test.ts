import { describe, expect, it } from "vitest";
import { plainDetail } from "./failures";
import { defaultModel, modelById, models, provider, quote, roundDuration } from "./index";
import { seedFromKey } from "./seed";

describe("the models", () => {
  it("have one id each, a sane price, and a provider", () => {
    const ids = models().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const model of models()) {
      expect(model.id.startsWith(`${model.provider}:`)).toBe(true);
      expect(provider(model.provider).id).toBe(model.provider);
      for (const { lowMicros, highMicros } of model.price) {
        expect(lowMicros).toBeLessThanOrEqual(highMicros);
        expect(highMicros).toBeLessThan(1_000_000);
      }
      expect(model.seconds).toBeGreaterThan(0);
      if (model.capability === "animateImage") expect(model.durations).toBeDefined();
    }
  });

  it("are found by id; a wrong one lists what exists", () => {
    expect(modelById("openai:gpt-6-luna").capability).toBe("analyseImage");
    expect(() => modelById("openai:dall-e-2")).toThrowError(
      expect.objectContaining({ code: "bad_input", action: expect.stringContaining("openai:gpt-6-luna") }),
    );
  });

  it("are quoted by picture, by second of real length, and by call", () => {
    const schnell = { model: "replicate:black-forest-labs/flux-schnell" };
    expect(quote({ ...schnell, count: 4 })).toEqual({ lowMicros: 12_000, highMicros: 12_000, seconds: 4 });
    const kling = { model: "replicate:kwaivgi/kling-v2.5-turbo-pro", durationSeconds: 6 };
    expect(quote(kling)).toMatchObject({ lowMicros: 700_000, highMicros: 700_000 });
    const wan = { model: "replicate:wan-video/wan-2.2-i2v-fast", durationSeconds: 7 };
    expect(quote(wan)).toMatchObject({ lowMicros: 50_000, highMicros: 150_000 });
    expect(quote({ model: "openai:gpt-6-luna" })).toMatchObject({ lowMicros: 300, highMicros: 5000 });
  });

  it("make the next longer film they can", () => {
    const veo = modelById("replicate:google/veo-3.1-fast");
    expect([2, 4, 5, 6, 7, 15].map((seconds) => roundDuration(veo, seconds))).toEqual([4, 4, 6, 6, 8, 8]);
    const seedance = modelById("replicate:bytedance/seedance-2.0");
    expect([2, 4.2, 15, 20].map((seconds) => roundDuration(seedance, seconds))).toEqual([4, 5, 15, 15]);
  });
});

describe("without any key", () => {
  it("drafts are made, by every capability; no paid provider is configured", async () => {
    for (const capability of ["generateImage", "animateImage", "analyseImage"] as const) {
      expect(defaultModel(capability).provider).toBe("draft");
    }
    for (const id of ["replicate", "openai", "leonardo"] as const) {
      expect(provider(id).configured()).toBe(false);
      expect(await provider(id).check(AbortSignal.timeout(1000))).toMatchObject({ state: "off" });
    }
  });

  it("an order says which variable to set", async () => {
    const order = {
      capability: "generateImage" as const,
      model: "replicate:black-forest-labs/flux-schnell",
      input: { prompt: "x", ratio: "1:1" as const, count: 1, references: [] },
    };
    const context = { key: "k", workFolder: "/tmp", signal: AbortSignal.timeout(1000) };
    await expect(provider("replicate").prepare(order, context)).rejects.toMatchObject({
      code: "not_configured",
      action: expect.stringContaining("REPLICATE_API_TOKEN"),
    });
  });
});

describe("a seed made from a key", () => {
  it("is the same for the same key, within 31 bits, and different for others", () => {
    const seeds = Array.from({ length: 2000 }, (_, n) => seedFromKey(`key ${n}`));
    expect(seedFromKey("key 7")).toBe(seeds[7]);
    expect(new Set(seeds).size).toBe(2000);
    for (const seed of seeds) expect(seed >= 0 && seed <= 2_147_483_647 && Number.isInteger(seed)).toBe(true);
  });
});

describe("a provider's own words", () => {
  it("are shown without addresses and keys, on one line, not too long", () => {
    const token = "r8_AbCdEf0123456789AbCdEf0123456789Ab";
    expect(plainDetail(`bad ${token} at\nhttps://x.example/a?sig=1 now`)).toBe("bad … at … now");
    expect(plainDetail("x ".repeat(400)).length).toBe(300);
    expect(plainDetail("data:image/png;base64,AAAA")).toBe("…");
  });
});
