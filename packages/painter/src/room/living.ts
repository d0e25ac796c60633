import { hex, type Rgb } from "../colour";
import type { Random } from "../random";
import type { Material, Solid } from "../solids";

const matt = (albedo: Rgb): Material => ({ albedo, gloss: 0.05 });

/** A plant in a clay pot. */
export function makePlant([x, y, z]: readonly [number, number, number], random: Random): Solid[] {
  const leaf = matt(hex("#3e6a3a"));
  return [
    {
      kind: "cone",
      at: [x, y + 0.24, z],
      size: [0.19, 0.27, 0.24],
      round: 0.02,
      material: matt(hex("#b4683f")),
    },
    ...Array.from({ length: 9 }, (_, i): Solid => {
      const turn = i * 2.4;
      const lean = 0.1 + 0.045 * i;
      return {
        kind: "rod",
        at: [x, y + 0.46, z],
        size: [Math.cos(turn) * lean, random.between(0.45, 0.95), Math.sin(turn) * lean],
        round: 0.045,
        material: leaf,
      };
    }),
  ];
}

/** A cat that sits and looks ahead. */
export function makeCat([x, y, z]: readonly [number, number, number], fur: Material): Solid[] {
  return [
    { kind: "ball", at: [x, y + 0.2, z], size: [0.15, 0.2, 0.18], material: fur },
    { kind: "ball", at: [x, y + 0.45, z - 0.08], size: [0.11, 0.1, 0.11], blend: 0.05, material: fur },
    { kind: "cone", at: [x - 0.07, y + 0.57, z - 0.08], size: [0.035, 0.004, 0.05], material: fur },
    { kind: "cone", at: [x + 0.07, y + 0.57, z - 0.08], size: [0.035, 0.004, 0.05], material: fur },
    {
      kind: "rod",
      at: [x + 0.07, y + 0.04, z + 0.15],
      size: [0.06, 0.02, 0.32],
      round: 0.035,
      material: fur,
    },
  ];
}
