import { smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";

/** A valley that winds away from the camera between rising ranges. */
export function valley(
  noise: Noise,
  random: Random,
  rise: number,
  width: number,
): (x: number, z: number, o: number) => number {
  const phase = random.between(0, 6);
  const sway = random.between(0.12, 0.3);
  const ox = random.between(0, 200);
  const oz = random.between(0, 200);
  const peakX = random.between(0.12, 0.3) * (random.chance(0.5) ? 1 : -1);
  const peakZ = random.between(6500, 9500);
  return (x, z, octaves) => {
    const axis = Math.sin(z / 1700 + phase) * z * sway;
    const away = Math.abs(x - axis);
    const wall = smooth(width * 0.4, width + 0.32 * z, away);
    const base = noise.eroded(x / 2500 + ox, z / 2500 + oz, octaves);
    const grow = 0.16 + smooth(500, 5200, z) * 0.84;
    const px = (x - peakX * peakZ) / 2600;
    const pz = (z - peakZ) / 2300;
    const massif = Math.exp(-(px * px + pz * pz)) * rise * 1.15;
    const beyond = smooth(9000, 17_000, z) * rise * 0.75;
    const lift = rise * grow * wall * 1.1 + massif + beyond * (0.4 + wall);
    return base * lift + (base - 0.4) * 26 * Math.min(1, away / 160) - 6;
  };
}
