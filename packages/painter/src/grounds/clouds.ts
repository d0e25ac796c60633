import { hex, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import { BASE, type Land, writeMix, writeOver } from "./land";

/** A sea of clouds from above, with summits that rise out of it. */
export function clouds(_brief: Brief, noise: Noise, random: Random): Land {
  const [ox, oz] = [random.between(0, 90), random.between(0, 90)];
  const [low, high, stone] = [hex("#b9c3d2"), hex("#f4f1ee"), hex("#6d6a70")];
  const cover = (x: number, z: number, octaves: number) =>
    noise.fbm(x / 820 + ox, z / 1000 + oz, 3) * 300 +
    noise.fbm(x / 210 + oz, z / 280 + ox, Math.min(5, octaves)) * 90;
  const rock = (x: number, z: number, octaves: number) =>
    noise.eroded(x / 2600 + oz, z / 2600 + ox, octaves) * 1500 * smooth(3200, 9000, z) - 420;
  return {
    ...BASE,
    ...{ horizon: random.between(0.62, 0.7), cameraAbove: random.between(90, 150), waterKind: "lake" },
    mistMetres: 120,
    grain: 0.05,
    trees: { share: 0, kind: "conifer" },
    height: (x, z, octaves) => Math.max(cover(x, z, octaves), rock(x, z, octaves)),
    albedo(x, z, h, up, out) {
      writeMix(out, low, high, smooth(90, 260, h + 60 * up));
      writeOver(out, stone, rock(x, z, 6) > cover(x, z, 4) ? 1 : 0);
    },
  };
}
