import type { Random } from "../random";
import type { Sprite } from "../sprite";

import { bark, blank, leaf, put, TALL } from "./paint-tree";

export function growPalm(random: Random): Sprite {
  const width = 220;
  const sprite = blank(width);
  const lean = random.between(-46, 46);
  const topX = width / 2 + lean * 0.5;
  const topY = 56;
  for (let step = 0; step < 140; step++) {
    const t = step / 140;
    const x = width / 2 - lean * 0.5 + lean * t ** 1.7;
    const half = 4.2 - 1.8 * t;
    const ring = 0.75 + 0.25 * ((step >> 2) & 1);
    for (let o = -half; o <= half; o++)
      put(sprite, x + o, TALL - 1 - t * (TALL - topY), 1, bark, ring, (o / half) * 0.8, 0);
  }
  const fronds = 15;
  for (let i = 0; i < fronds; i++) {
    const turn = (i / fronds) * 6.283 + random.between(-0.2, 0.2);
    const reach = random.between(62, 92);
    const deep = 0.62 + 0.5 * (Math.sin(turn) * 0.5 + 0.5);
    for (let step = 0; step < 90; step++) {
      const t = step / 90;
      const x = topX + Math.cos(turn) * reach * t;
      const y = topY - Math.sin(turn) * 18 * t - 26 * t + 74 * t * t;
      const long = 15 * Math.sin(Math.PI * Math.min(1, t * 0.92 + 0.06));
      for (let o = 0; o < long; o++) {
        const comb = (step + (o >> 2)) % 3 === 0 ? 0.35 : 0.95;
        put(
          sprite,
          x - Math.cos(turn) * o * 0.25,
          y + o,
          comb,
          leaf,
          deep * (1 - o / 50),
          Math.cos(turn) * 0.5,
          0.6 - t,
        );
      }
    }
  }
  return sprite;
}
