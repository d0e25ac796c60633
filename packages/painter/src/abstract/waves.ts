import { type Canvas, setPixel } from "../canvas";
import { type Rgb, scale, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import { fromRamp } from "./ramp";

/** Ribbons that swell and roll, each in front of the one above and casting a soft shadow on it. */
export function paintWaves(canvas: Canvas, noise: Noise, random: Random, ramp: Rgb[]): void {
  const { width, height } = canvas;
  const count = Math.round(random.between(8, 11));
  const waves = Array.from({ length: count }, (_, rank) => ({
    level: (rank + 0.35) / count,
    swell: random.between(0.035, 0.085),
    pace: random.between(0.7, 1.5),
    phase: random.between(0, 6.28),
  }));
  const crests = waves.map(({ level, swell, pace, phase }, rank) =>
    Float32Array.from({ length: width }, (_, x) => {
      const u = x / Math.max(width, height);
      const roll = Math.sin(u * 6.28 * pace + phase) + 0.45 * Math.sin(u * 11 * pace + phase * 2.3);
      return (level + swell * roll + 0.07 * (noise.fbm(u * 1.6 + rank * 3, rank, 3) - 0.5)) * height;
    }),
  );
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      let front = -1;
      let next = height;
      for (let rank = 0; rank < count; rank++) {
        const crest = crests[rank]?.[x] ?? 0;
        if (y >= crest) [front, next] = [rank, height];
        else next = Math.min(next, crest);
      }
      const under = y - (crests[front]?.[x] ?? 0);
      const shadow = 0.5 * Math.exp(-(next - y) / (height * 0.022));
      const lit = 1.16 - 0.34 * smooth(0, height * 0.2, under) + 0.4 * Math.exp(-under / (height * 0.004));
      const grain = 0.98 + 0.04 * noise.at(x * 0.6, y * 0.6);
      const colour = fromRamp(ramp, 1 - (front + 1) / (count + 0.5));
      setPixel(canvas, y * width + x, scale(colour, (front < 0 ? 1 : lit) * (1 - shadow) * grain));
      canvas.depth[y * width + x] = 14 - front;
    }
  }
}
