import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPicture, paintPicture } from "./draw-picture";
import type { Ratio } from "./ratio";
import { difference } from "./testing";

const draw = (prompt: string, { seed = 1, ratio = "16:9" }: { seed?: number; ratio?: Ratio } = {}) =>
  drawPicture(prompt, seed, ratio);

describe("draft pictures", () => {
  it.each([
    ["16:9", 1280, 720],
    ["9:16", 720, 1280],
    ["1:1", 1280, 1280],
    ["4:3", 1280, 960],
    ["3:4", 960, 1280],
  ] as const)("are 1280 pixels long in %s", async (ratio, width, height) => {
    expect(await sharp(await draw("calm abstract", { ratio })).metadata()).toMatchObject({
      format: "png",
      width,
      height,
    });
  });

  it("are the same for the same seed, and another composition for another", async () => {
    const first = await draw("a coral reef", { seed: 5 });
    const again = await draw("a coral reef", { seed: 5 });
    const other = await draw("a coral reef", { seed: 6 });
    expect(again.equals(first)).toBe(true);
    expect(await difference(first, other)).toBeGreaterThan(6);
  });

  it("are neither empty nor blown out, whatever is asked", { timeout: 240_000 }, async () => {
    const prompts = [
      ...[
        "mountains at sunrise",
        "a lighthouse on the coast at dusk",
        "desert with a traveller",
        "city at night",
      ],
      ...["neon street in the rain", "bedroom at night", "perfume bottle, luxury", "portrait of a woman"],
      ...[
        "a ringed planet",
        "misty forest with a deer",
        "stormy sea",
        "Sehnsucht",
        "夢 🎬",
        "",
        "<svg/onload=1>&",
      ],
      "x".repeat(4000),
    ];
    for (const prompt of prompts) {
      const { channels } = await sharp(await draw(prompt)).stats();
      const mean = channels.slice(0, 3).reduce((sum, channel) => sum + channel.mean, 0) / 3;
      const spread = Math.max(...channels.slice(0, 3).map((channel) => channel.stdev));
      expect(mean, prompt).toBeGreaterThan(10);
      expect(mean, prompt).toBeLessThan(235);
      expect(spread, prompt).toBeGreaterThan(12);
    }
  });

  it("have rain in the air, which a film leaves to its own", () => {
    const [still, plate] = [true, false].map((falling) =>
      paintPicture("a meadow in the rain", 1, "16:9", { falling }),
    );
    expect(still?.rgb.equals(plate?.rgb ?? Buffer.alloc(0))).toBe(false);
    expect(still?.depth).toEqual(plate?.depth);
  });

  it("show the product that a landscape is named for", () => {
    const near = (prompt: string) => {
      const { depth, width, height } = paintPicture(prompt, 1, "16:9");
      return depth[Math.round(height * 0.63) * width + Math.round(width * 0.5)] ?? 0;
    };
    expect(near("a desert at noon")).toBeGreaterThan(40);
    expect(near("a sneaker floating in the desert at noon")).toBeLessThan(20);
  });

  it("show the time of day that is asked for", async () => {
    const brightness = async (prompt: string) =>
      (
        await sharp(await draw(prompt))
          .greyscale()
          .stats()
      ).channels[0]?.mean ?? 0;
    expect(await brightness("a meadow at noon, day")).toBeGreaterThan(
      (await brightness("a meadow at night")) * 1.5,
    );
  });
});
