import { glossy, gold, matt, metal } from "../materials";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Solid } from "../solids";
import type { Palette } from "../studio/tones";
import type { At } from "./maker";

export function stillLife(_brief: Brief, random: Random, tones: Palette): Solid[] {
  const pieces: ((at: At) => Solid)[] = [
    (at) => ({
      kind: "ball",
      at: [at[0], at[1] + 0.42, at[2]],
      size: [0.42, 0.42, 0.42],
      material: glossy(tones.accent, 0.55),
    }),
    (at) => ({
      kind: "ring",
      at: [at[0], at[1] + 0.6, at[2]],
      size: [0.44, 0.15, 0],
      turn: 0.5,
      material: metal(gold, 0.85),
    }),
    (at) => ({
      kind: "cone",
      at: [at[0], at[1] + 0.5, at[2]],
      size: [0.42, 0.02, 0.5],
      material: matt(tones.second),
    }),
    (at) => ({
      kind: "box",
      at: [at[0], at[1] + 0.36, at[2]],
      size: [0.34, 0.36, 0.34],
      round: 0.05,
      turn: 0.6,
      material: glossy(tones.second, 0.3),
    }),
  ];
  const first = random.pick(pieces as [(at: At) => Solid, ...((at: At) => Solid)[]]);
  return [
    first([0, 0, 0]),
    { kind: "ball", at: [0.86, 0.16, -0.5], size: [0.16, 0.16, 0.16], material: metal(gold, 0.9) },
    { kind: "ball", at: [-0.8, 0.1, -0.66], size: [0.1, 0.1, 0.1], material: glossy(tones.accent, 0.6) },
  ];
}
