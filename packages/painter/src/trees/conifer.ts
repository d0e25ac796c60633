import { smooth } from "../colour";
import { createNoise } from "../noise";
import type { Random } from "../random";
import type { Sprite } from "../sprite";

import { bark, blank, leaf, put, TALL } from "./paint-tree";

export function growConifer(random: Random): Sprite {
  const width = 84;
  const sprite = blank(width);
  const noise = createNoise(random.seed());
  const tiers = random.between(9, 14);
  const girth = random.between(0.62, 1);
  const droop = random.between(0.4, 0.9);
  for (let y = 0; y < TALL; y++) {
    const t = y / TALL;
    for (let x = 0; x < width; x++) {
      const side = (x - width / 2) / (width / 2);
      const reach = Math.abs(side);
      const tier = t * tiers - reach * droop * 1.4 + noise.at(side * 3 + 9, t * 2) * 0.7;
      const saw = tier - Math.floor(tier);
      const spread =
        girth * (0.04 + 0.96 * t ** 0.86) * (0.5 + 0.5 * saw) * (0.68 + 0.5 * noise.at(side * 9, t * 34));
      const needles = noise.fbm(side * 26, t * 60, 2);
      const edge = (spread - reach) * 14 + (needles - 0.5) * 3.2;
      const alpha = smooth(0, 1, edge) * smooth(1, 0.965, t) * (needles > 0.3 ? 1 : 0.55);
      const shade = (0.45 + 0.55 * saw) * (0.55 + 0.75 * needles);
      put(
        sprite,
        x,
        y,
        alpha,
        leaf,
        shade,
        Math.max(-0.9, Math.min(0.9, side / (spread + 0.05))),
        0.2 + 0.35 * saw,
      );
    }
  }
  for (let y = Math.round(TALL * 0.93); y < TALL; y++) {
    for (let x = -2; x <= 2; x++) put(sprite, width / 2 + x, y, 0.95, bark, 1, x / 3, 0);
  }
  return sprite;
}
