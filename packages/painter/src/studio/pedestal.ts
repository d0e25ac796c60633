import { mix } from "../colour";
import type { Random } from "../random";
import type { Material, Solid } from "../solids";
import type { Palette } from "./tones";

/** Lifts the product onto a low drum and sets an arch or steps beside it. */
export function onPedestal(product: Solid[], random: Random, tones: Palette, marble: boolean): Solid[] {
  const tall = random.between(0.16, 0.34);
  const stone: Material = { albedo: mix(tones.back, tones.floor, 0.5), gloss: marble ? 0.4 : 0.12, marble };
  const lifted = product.map(
    (solid): Solid => ({ ...solid, at: [solid.at[0], solid.at[1] + tall * 2, solid.at[2]] }),
  );
  const x = random.between(1.15, 1.5) * (random.chance(0.5) ? 1 : -1);
  const beside: Solid[] = random.chance(0.5)
    ? [{ kind: "ring", at: [x * 0.5, 0.2, 1.25], size: [1.55, 0.2, 0], material: stone }]
    : [
        { kind: "drum", at: [x, 0.42, 0.75], size: [0.5, 0.42, 0], round: 0.03, material: stone },
        {
          kind: "ball",
          at: [x, 1.1, 0.75],
          size: [0.26, 0.26, 0.26],
          material: { albedo: tones.second, gloss: 0.4 },
        },
      ];
  return [
    { kind: "drum", at: [0, tall, 0], size: [1.05, tall, 0], round: 0.04, material: stone },
    ...lifted,
    ...beside,
  ];
}
