import { describe, expect, it } from "vitest";
import { billOf } from "./bill";
import { modelById, models, providers, quote, requireOffered } from "./index";
import { slugOf } from "./models";
import { TOKEN_MICROS } from "./openai/models";
import { costOf, quoteModel } from "./quote";

const PAID_MODELS = providers().flatMap(({ keyName, models }) => (keyName ? models : []));

/** Every size of order that a model takes, as far as its price can tell them apart. */
function* sizes() {
  for (const count of [1, 2, 4])
    for (const references of [0, 1, 8])
      for (const durationSeconds of [1, 5, 15, 60]) yield { count, references, durationSeconds };
}

describe("prices", () => {
  it("hold at least what is charged, for every model and size, also when fewer pictures come", () => {
    for (const model of PAID_MODELS) {
      for (const size of sizes()) {
        const { lowMicros, highMicros } = quoteModel(model, size);
        expect(lowMicros).toBeGreaterThan(0);
        expect(lowMicros).toBeLessThanOrEqual(highMicros);
        for (let came = 1; came <= size.count; came += 1)
          expect(costOf(model, { ...size, count: came }), model.id).toBeLessThanOrEqual(highMicros);
      }
    }
  });

  it("are sums of parts: a run of FLUX.2 pro and each picture it refers to", () => {
    const flux = { model: "replicate:black-forest-labs/flux-2-pro", count: 1 };
    const [alone, withTwo] = [quote(flux), quote({ ...flux, references: 2 })];
    expect(withTwo.highMicros - alone.highMicros).toBe(2 * 4 * 15_000);
    expect(withTwo.lowMicros - alone.lowMicros).toBe(2 * 15_000);
  });

  it("cover what tokens cost at the most that is asked for", () => {
    const { highMicros } = quote({ model: "openai:gpt-6-luna" });
    const price = TOKEN_MICROS["gpt-6-luna"] ?? expect.fail("no price");
    const [mostIn, mostOut] = [20_000, 4000];
    expect(mostIn * price.image + mostOut * price.output).toBeLessThanOrEqual(highMicros);
  });

  it("count Kling 3 as what is ordered of it, the pro mode", () => {
    const kling = { model: "replicate:kwaivgi/kling-v3-video", durationSeconds: 10 };
    expect(quote(kling)).toMatchObject({ lowMicros: 2_240_000, highMicros: 2_240_000 });
  });
});

describe("a bill", () => {
  it.each([
    ["what the provider says", 1234.2, 1235],
    ["more than the estimate, where it can be true", 90_000, 90_000],
    ["nothing, where it was free", 0, 0],
    ["the estimate for a negative figure", -5, 1000],
    ["the estimate for an absurd one", 1e30, 1000],
    ["the estimate for no number", Number.NaN, 1000],
    ["the estimate for infinity", Number.POSITIVE_INFINITY, 1000],
    ["the estimate where nothing is said", undefined, 1000],
  ])("is %s", (_what, figure, charged) => {
    expect(billOf(figure, 1000)).toBe(charged);
  });
});

describe("a retired model", () => {
  const retired = PAID_MODELS.filter((model) => model.retired);

  it("is offered no more, but still read and priced; a new order is told its successor", () => {
    expect(retired.length).toBeGreaterThan(0);
    for (const model of retired) {
      expect(models()).not.toContainEqual(expect.objectContaining({ id: model.id }));
      expect(modelById(model.id)).toBe(model);
      expect(costOf(model, {})).toBeGreaterThan(0);
      const successor = model.retired?.successor ?? "";
      expect(models(model.capability).map(({ id }) => id)).toContain(successor);
      expect(() => requireOffered(model.id)).toThrowError(
        expect.objectContaining({ code: "bad_input", action: expect.stringContaining(slugOf(successor)) }),
      );
    }
  });
});
