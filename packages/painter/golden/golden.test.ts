import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawPicture } from "../src";
import { GOLDEN } from "./prompts";
import { shrink } from "./shrink";

/** Levels of 0–255 that builds of libvips, resvg and V8 may differ by: on average, and in any one pixel. */
const TOLERANCE = { mean: 1, most: 24 };

async function compare(a: Buffer, b: Buffer): Promise<{ mean: number; most: number }> {
  const [p, q] = await Promise.all([a, b].map((x) => sharp(x).raw().toBuffer({ resolveWithObject: true })));
  if (!p || !q) throw new Error("Two pictures are compared.");
  expect(p.info).toMatchObject({ width: q.info.width, height: q.info.height, channels: q.info.channels });
  let sum = 0;
  let most = 0;
  for (const [at, value] of p.data.entries()) {
    const apart = Math.abs(value - (q.data[at] as number));
    sum += apart;
    most = Math.max(most, apart);
  }
  return { mean: sum / p.data.length, most };
}

const golden = (name: string) => readFile(new URL(`${name}.png`, import.meta.url));

describe("the golden pictures", () => {
  it.each(GOLDEN)("%s: %s", async (name, prompt, seed, ratio) => {
    const { mean, most } = await compare(
      await shrink(await drawPicture(prompt, seed, ratio)),
      await golden(name),
    );
    expect(mean).toBeLessThan(TOLERANCE.mean);
    expect(most).toBeLessThan(TOLERANCE.most);
  });

  it("are told from the same words with another seed", async () => {
    for (const [name, prompt, seed, ratio] of GOLDEN.slice(0, 1)) {
      const { mean } = await compare(
        await shrink(await drawPicture(prompt, seed + 1, ratio)),
        await golden(name),
      );
      expect(mean, name).toBeGreaterThan(TOLERANCE.mean * 3);
    }
  });
});
