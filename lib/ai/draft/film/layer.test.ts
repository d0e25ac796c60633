import { describe, expect, it } from "vitest";
import { splitLayers } from "./layer";
import type { Plate } from "./plate";
import { findCut } from "./true-depth";

const [WIDTH, HEIGHT] = [320, 180];
const inBox = (x: number, y: number) => x >= 120 && x < 200 && y >= 60 && y < 140;

/** A white box 3 m away before a grey wall. */
function boxBeforeWall(): Plate & { depth: Float32Array } {
  const y = new Uint8Array(WIDTH * HEIGHT);
  const depth = new Float32Array(WIDTH * HEIGHT);
  for (let at = 0; at < y.length; at++) {
    const isBox = inBox(at % WIDTH, Math.floor(at / WIDTH));
    y[at] = isBox ? 235 : 100;
    depth[at] = isBox ? 3 : 60;
  }
  const half = () => new Uint8Array((WIDTH * HEIGHT) / 4).fill(128);
  return { width: WIDTH, height: HEIGHT, y, u: half(), v: half(), depth };
}

describe("layers of a picture whose depth is known", () => {
  it("are the far with nothing of the near in it, and the near where it is", async () => {
    const plate = boxBeforeWall();
    const [back, front, ...more] = await splitLayers(plate, plate);
    expect(more).toEqual([]);
    expect(back?.cover).toBeUndefined();
    expect(back?.plate.y.every((value) => value === 100)).toBe(true);
    const covered = front?.cover?.full.reduce((sum, value) => sum + value / 255, 0);
    expect(Math.abs((covered ?? 0) - 80 * 80)).toBeLessThan(80);
  });

  it("each lie at one depth, the near nearer, also beyond its outline", async () => {
    const plate = boxBeforeWall();
    const [back, front] = await splitLayers(plate, plate);
    expect(spread(back?.near.values)).toBeLessThan(0.001);
    expect(spread(front?.near.values)).toBeLessThan(0.001);
    expect(front?.near.values[0]).toBeGreaterThan((back?.near.values[0] ?? 1) + 0.5);
  });

  it("are one where nothing stands before anything", async () => {
    const plate = boxBeforeWall();
    const depth = plate.depth.map((_, at) => 3 + (HEIGHT - Math.floor(at / WIDTH)) / 10);
    expect(await splitLayers(plate, { ...plate, depth })).toHaveLength(1);
    const values = new Float32Array(WIDTH * HEIGHT).fill(0.5);
    expect(findCut({ width: WIDTH, height: HEIGHT, values })).toBeUndefined();
  });
});

const spread = (values: Iterable<number> = []) => Math.max(...values) - Math.min(...values);
