import { type Canvas, setPixel } from "../canvas";
import { type Rgb, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import { fromRamp } from "./ramp";

/** Threads of light in the dark. */
export function paintLight(canvas: Canvas, noise: Noise, random: Random, ramp: Rgb[]): void {
  const { width, height } = canvas;
  const size = Math.max(width, height);
  const ox = random.between(0, 40);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x - width / 2) / size;
      const v = (y - height / 2) / size;
      const warp = noise.fbm(u * 2.2 + ox, v * 2.2, 4) - 0.5;
      const band = Math.exp(-(((v + warp * 0.5) / 0.24) ** 2));
      const thread = noise.ridged(u * 1.6 + warp * 1.9 + ox, v * 3.4 + warp * 2.6, 5);
      const bright = smooth(0.42, 0.95, thread) ** 2 * (0.2 + band) * 2.3;
      const colour = fromRamp(ramp, 0.35 + 0.65 * smooth(-0.25, 0.25, u + warp));
      const floor = fromRamp(ramp, 0.05 + band * 0.2);
      setPixel(canvas, y * width + x, [
        floor[0] * 0.5 + colour[0] * bright,
        floor[1] * 0.5 + colour[1] * bright,
        floor[2] * 0.5 + colour[2] * bright,
      ]);
      canvas.depth[y * width + x] = 14 - thread * 6;
    }
  }
}
