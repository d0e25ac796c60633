import { hex, hsl, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import { BASE, type Land, snowColour, writeMix, writeOver } from "./land";

import { valley } from "./valley";

export function coast(brief: Brief, noise: Noise, random: Random): Land {
  const side = random.chance(0.5) ? 1 : -1;
  const steep = brief.has("cliff", "lighthouse", "rock") || random.chance(0.5);
  const tropical = brief.has("palm", "tropical", "beach", "caribbean", "hawaii", "maldives");
  const sand = hsl(38, 0.42, 0.7);
  const ox = random.between(0, 99);
  const oz = random.between(0, 99);
  return {
    ...BASE,
    ...{
      horizon: random.between(0.44, 0.54),
      cameraAbove: random.between(7, 20),
      waterKind: "sea",
      waterLevel: 0,
    },
    trees: { share: tropical ? 0.3 : 0.12, kind: tropical ? "palm" : "conifer" },
    height(x, z, octaves) {
      const bays = (noise.fbm(z / 800 + oz, 3, 3) - 0.5) * 700 + (noise.fbm(z / 170, 7, 3) - 0.5) * 120;
      const inland = (x * side - 40 - z * 0.1 + bays) / 520;
      const rise = smooth(60, 420, z);
      const cliff =
        (steep ? smooth(0, 0.16, inland) * 95 + smooth(0.1, 2.4, inland) * 240 : smooth(0, 3, inland) * 260) *
        rise;
      const rough = noise.eroded(x / 520 + ox, z / 520, octaves);
      const beach = smooth(-0.3, 0.05, inland) * 4;
      const stacks = smooth(0.7, 0.76, noise.fbm(x / 120 + 50, z / 170, 3)) * 40 * smooth(-1.4, -0.1, inland);
      const head =
        smooth(6000, 12_000, z) * noise.eroded(x / 2600 + 9, z / 2600, octaves) * 700 * smooth(-2, 3, inland);
      return cliff * (0.25 + rough) + beach + stacks * rough * 1.6 + head - 5 + (rough - 0.4) * 3;
    },
    albedo(x, z, h, up, out) {
      const patch = noise.fbm(x / 40, z / 40, 3);
      const green = tropical ? hsl(96, 0.45, 0.24) : hsl(80, 0.34, 0.3);
      const rock = tropical ? hex("#5e5a50") : hex("#6a6259");
      writeMix(out, green, rock, Math.min(1, smooth(0.86, 0.66, up + (patch - 0.5) * 0.1)));
      const shore = smooth(9, 3, h + (patch - 0.5) * 4) * smooth(0.75, 0.9, up);
      writeOver(out, sand, shore);
      const wet = smooth(1.2, 0.2, h) * 0.5;
      writeOver(out, hex("#3a352c"), wet);
    },
  };
}

export function sea(brief: Brief, noise: Noise, random: Random): Land {
  const hasIsland = brief.has("island", "isle", "mountain") || random.chance(0.35);
  const x0 = random.between(-0.35, 0.35) * 9000;
  return {
    ...BASE,
    ...{
      horizon: random.between(0.42, 0.56),
      cameraAbove: random.between(3.5, 9),
      waterKind: "sea",
      waterLevel: 0,
    },
    trees: { share: 0, kind: "conifer" },
    height(x, z, octaves) {
      if (!hasIsland) return -5;
      const away = Math.exp(-(((x - x0) / 2100) ** 2 + ((z - 9000) / 1500) ** 2));
      return away * noise.eroded(x / 1500, z / 1500, octaves) * 1300 - 40;
    },
    albedo(_x, _z, _h, up, out) {
      writeMix(out, hex("#4a5138"), hex("#5a544e"), smooth(0.9, 0.7, up));
    },
  };
}

export function arctic(_brief: Brief, noise: Noise, random: Random): Land {
  const ranges = valley(noise, random, random.between(700, 1300), 300);
  const shore = random.between(500, 1300);
  return {
    ...BASE,
    ...{
      horizon: random.between(0.46, 0.58),
      cameraAbove: random.between(9, 24),
      waterKind: "sea",
      waterLevel: 0,
    },
    mistMetres: 60,
    trees: { share: 0, kind: "conifer" },
    height(x, z, octaves) {
      const floe = smooth(0.5, 0.53, noise.fbm(x / 70, z / 90 + 40, 5)) * 3.2 * smooth(2600, 900, z);
      const berg =
        smooth(0.63, 0.68, noise.fbm(x / 260 + 8, z / 340, 3)) * 46 * noise.ridged(x / 60, z / 60, 4);
      const land = ranges(x, z, octaves) * smooth(shore, shore * 2.6, z);
      return land + floe + berg - 2.2 - smooth(shore * 1.5, shore * 0.4, z) * 1;
    },
    albedo(x, z, h, up, out) {
      const ice = smooth(0.8, 0.5, up) * smooth(120, 20, h);
      const rock = smooth(0.62, 0.46, up + (noise.fbm(x / 60, z / 60, 3) - 0.5) * 0.2) * smooth(60, 200, h);
      writeMix(out, snowColour, hex("#79b4cf"), ice);
      writeOver(out, hex("#4b5058"), rock);
    },
  };
}
