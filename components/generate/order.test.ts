import { describe, expect, it } from "vitest";
import type { AssetView } from "@/lib/assets/schema";
import { AnimatedPictureInput, closestRatio, type ModelView } from "@/lib/jobs/schema";
import { EMPTY_ORDER, isReady, lengthsOf, reviveOrder, toInput, withPicture } from "./order";

describe("an order in the form", () => {
  it("is what the pipeline takes", () => {
    const input = toInput({ ...EMPTY_ORDER, prompt: "A lighthouse", seed: 7 });
    expect(AnimatedPictureInput.parse(input)).toMatchObject({ prompt: "A lighthouse", seed: 7, count: 2 });
    expect(isReady(EMPTY_ORDER)).toBe(false);
    expect(isReady({ ...EMPTY_ORDER, prompt: "  \n" })).toBe(false);
    expect(isReady({ ...EMPTY_ORDER, pipeline: "picture-reading", prompt: "words alone" })).toBe(false);
  });

  it("comes back from the browser's storage, whatever lies there", () => {
    const order = {
      ...EMPTY_ORDER,
      prompt: "Fog",
      ratio: "9:16" as const,
      count: 4,
      seed: 0,
      animate: false,
    };
    expect(reviveOrder(JSON.parse(JSON.stringify(order)))).toEqual(order);
    expect(reviveOrder("nonsense")).toEqual(EMPTY_ORDER);
    const damaged = { ratio: "2:1", count: 99, pipeline: "mine", seed: -4, picture: 3, durationSeconds: "5" };
    expect(reviveOrder(damaged)).toEqual({ ...EMPTY_ORDER, seed: 0 });
  });

  it("takes the shape of its picture, whichever way that came in", () => {
    const upright = { id: "asset_1", url: "/a", filename: "a.png", width: 1080, height: 1920 } as AssetView;
    for (const order of [
      withPicture(EMPTY_ORDER, upright),
      reviveOrder({ ...EMPTY_ORDER, ratio: "16:9", picture: upright }),
      reviveOrder({ pipeline: "animated-picture", ratio: "4:3", picture: upright }),
    ]) {
      expect(order).toMatchObject({ picture: upright, ratio: "9:16" });
    }
    expect(closestRatio({ width: 1080, height: 1920 })).toBe("9:16");
    expect(closestRatio({ width: 1000, height: 1010 })).toBe("1:1");
    expect(closestRatio({ width: 4000, height: 3000 })).toBe("4:3");
    expect(closestRatio({ width: null, height: null })).toBe("16:9");
  });

  it("offers only lengths that the model can make", () => {
    const model = { durations: { min: 4.5, max: 30 } } as ModelView;
    expect(lengthsOf(model)).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(lengthsOf({ ...model, durations: { min: 1, max: 20, only: [1, 5, 10, 20] } })).toEqual([5, 10]);
  });
});
