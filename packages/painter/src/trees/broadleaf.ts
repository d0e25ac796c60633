import { length, smooth } from "../colour";
import { createNoise } from "../noise";
import type { Random } from "../random";
import type { Sprite } from "../sprite";

import { blank, branch, leaf, put, TALL } from "./paint-tree";

export function growBroadleaf(random: Random): Sprite {
  const width = 208;
  const sprite = blank(width);
  const noise = createNoise(random.seed());
  const lean = random.between(-8, 8);
  const crownY = TALL * random.between(0.4, 0.46);
  const rx = width * random.between(0.34, 0.44);
  const ry = TALL * random.between(0.32, 0.38);
  branch(sprite, width / 2, TALL, width / 2 + lean, crownY + ry * 0.3, 6.5, 3.5);
  for (let i = 0; i < 6; i++) {
    const turn = random.between(-1.1, 1.1);
    const from = TALL - (TALL - crownY) * random.between(0.45, 0.8);
    branch(
      sprite,
      width / 2 + lean * 0.5,
      from,
      width / 2 + Math.sin(turn) * rx * 0.8,
      crownY - Math.cos(turn) * ry * 0.3,
      3,
      1,
    );
  }
  const clumps = Array.from({ length: 120 }, () => {
    const turn = random.between(0, 6.283);
    const out = Math.sqrt(random.next()) * 0.92;
    const lumpy = 0.74 + 0.4 * noise.at(Math.cos(turn) * 1.6 + 4, Math.sin(turn) * 1.6 + 4);
    return {
      nx: Math.cos(turn) * out,
      ny: Math.sin(turn) * out,
      lumpy,
      size: random.between(7, 17),
      deep: random.next(),
    };
  }).sort((a, b) => a.deep - b.deep);
  for (const clump of clumps) {
    const cx = width / 2 + lean + clump.nx * rx * clump.lumpy;
    const cy = crownY + clump.ny * ry * clump.lumpy;
    const depthShade = 0.5 + 0.5 * clump.deep;
    for (let oy = -clump.size; oy <= clump.size; oy++) {
      for (let ox = -clump.size; ox <= clump.size; ox++) {
        const r = length(ox, oy * 1.2) / clump.size;
        const torn = noise.fbm((cx + ox) * 0.24, (cy + oy) * 0.24, 2);
        const alpha = smooth(1, 0.6, r + (torn - 0.5) * 1.5);
        if (alpha < 0.05) continue;
        const fx = Math.max(-0.9, Math.min(0.9, clump.nx * 0.75 + (ox / clump.size) * 0.4));
        const fy = Math.max(-0.9, Math.min(0.9, -clump.ny * 0.75 - (oy / clump.size) * 0.45 + 0.1));
        put(sprite, cx + ox, cy + oy, alpha, leaf, depthShade * (0.5 + torn), fx, fy);
      }
    }
  }
  return sprite;
}
