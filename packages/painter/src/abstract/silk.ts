import { type Canvas, setPixel } from "../canvas";
import type { Rgb } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import { fromRamp } from "./ramp";

/** Folds of cloth: a warped height field lit from one side. */
export function paintSilk(canvas: Canvas, noise: Noise, random: Random, ramp: Rgb[]): void {
  const { width, height } = canvas;
  const size = Math.max(width, height);
  const turn = random.between(0, 3.14);
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const heights = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = ((x - width / 2) * cos + (y - height / 2) * sin) / size;
      const v = ((y - height / 2) * cos - (x - width / 2) * sin) / size;
      const warp = noise.fbm(u * 1.7 + 4, v * 1.1 + 9, 3);
      const fold = noise.fbm(u * 2.4 + warp * 2.6, v * 0.9 + warp * 1.7, 3);
      heights[y * width + x] = fold + 0.16 * Math.sin((fold * 5 + warp * 4 + v * 2) * 3.1);
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const here = heights[at] as number;
      const dx =
        ((heights[Math.min(width - 1, x + 1) + y * width] as number) -
          (heights[Math.max(0, x - 1) + y * width] as number)) *
        size *
        0.24;
      const dy =
        ((heights[x + Math.min(height - 1, y + 1) * width] as number) -
          (heights[x + Math.max(0, y - 1) * width] as number)) *
        size *
        0.24;
      const norm = 1 / Math.sqrt(dx * dx + dy * dy + 1);
      const light = Math.max(0, (-dx * 0.55 - dy * 0.62 + 0.56) * norm);
      const sheen = Math.max(0, (-dx * 0.42 - dy * 0.5 + 0.76) * norm) ** 26;
      const colour = fromRamp(ramp, 0.12 + here * 0.82);
      const power = 0.16 + 1.15 * light;
      setPixel(canvas, at, [
        colour[0] * power + sheen * 0.5,
        colour[1] * power + sheen * 0.47,
        colour[2] * power + sheen * 0.44,
      ]);
      canvas.depth[at] = 12 - here * 6;
    }
  }
}
