import { length } from "../colour";
import type { Random } from "../random";
import type { Sprite } from "../sprite";

import { blank, leaf, put } from "./paint-tree";

export function growCactus(random: Random): Sprite {
  const width = 110;
  const sprite = blank(width);
  const limb = (x0: number, y0: number, x1: number, y1: number, half: number) => {
    const steps = Math.ceil(length(x1 - x0, y1 - y0));
    for (let step = 0; step <= steps; step++) {
      const x = x0 + ((x1 - x0) * step) / steps;
      const y = y0 + ((y1 - y0) * step) / steps;
      for (let oy = -half; oy <= half; oy++) {
        for (let ox = -half; ox <= half; ox++) {
          if (ox * ox + oy * oy > half * half) continue;
          put(sprite, x + ox, y + oy, 1, leaf, 0.7 + 0.3 * Math.cos(ox * 1.7), (ox / half) * 0.85, 0.1);
        }
      }
    }
  };
  limb(55, 191, 55, 14, 11);
  const left = random.between(70, 120);
  const right = random.between(60, 130);
  limb(55, left + 24, 24, left + 24, 7);
  limb(24, left + 24, 24, left - 26, 7.5);
  limb(55, right + 18, 86, right + 18, 7);
  limb(86, right + 18, 86, right - 36, 7.5);
  return sprite;
}
