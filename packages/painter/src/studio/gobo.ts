import { smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";

/** A stencil in front of the light: how much of it arrives at a place on the set, 0–1. */
export function makeGobo(noise: Noise, random: Random): (x: number, y: number) => number {
  const gobo = random.chance(0.6) ? random.pick(["window", "leaves"]) : "none";
  return (x, y) => {
    if (gobo === "window") {
      const u = x * 0.55 + 0.5 + y * 0.1;
      const v = y * 0.5 + 0.1;
      const inside =
        smooth(-0.42, -0.38, u - 0.5) *
        smooth(0.62, 0.58, u - 0.1) *
        smooth(0, 0.04, v) *
        smooth(1.5, 1.46, v);
      const bars =
        smooth(0.02, 0.035, Math.abs(u - Math.round(u * 2.6) / 2.6)) *
        smooth(0.02, 0.035, Math.abs(v - Math.round(v * 1.9) / 1.9));
      return 0.34 + 0.66 * inside * bars;
    }
    if (gobo === "leaves")
      return 0.4 + 0.6 * smooth(0.42, 0.6, noise.ridged(x * 0.5 + y * 0.24 + 5, y * 0.3 - x * 0.12, 3));
    return 1;
  };
}
