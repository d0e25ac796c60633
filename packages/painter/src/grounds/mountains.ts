import { hex, mix, type Rgb, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import { BASE, type Land, snowColour, writeMix, writeOver } from "./land";

import { valley } from "./valley";

export function mountain(brief: Brief, noise: Noise, random: Random): Land {
  const rise = random.between(1100, 1700);
  const height = valley(noise, random, rise, 520);
  const autumn = brief.has("autumn", "fall", "herbst");
  const winter = brief.weather === "snow";
  const rock = [hex("#6b645e"), hex("#5c5a60"), hex("#7a6a5c")][Math.floor(random.next() * 3)] as Rgb;
  const grass = winter ? snowColour : autumn ? hex("#8a6a2c") : hex("#4d5a2a");
  const wood = winter ? hex("#8d99a0") : autumn ? hex("#7a4a1c") : hex("#25331c");
  const snowLine = winter ? 100 : rise * random.between(0.4, 0.6);
  return {
    ...BASE,
    ...{ height, horizon: random.between(0.5, 0.62), cameraAbove: random.between(22, 60), waterKind: "lake" },
    mistMetres: brief.weather === "fog" ? 200 : random.chance(0.55) ? 90 : 0,
    trees: { share: winter ? 0.4 : 0.5, kind: "conifer" },
    albedo(x, z, h, up, out) {
      const patch = noise.fbm(x / 90, z / 90, 3);
      const green = mix(grass, wood, smooth(0.4, 0.62, patch + 0.15 * smooth(0.95, 0.8, up)));
      const stone = smooth(0.84, 0.66, up + (patch - 0.5) * 0.14) + smooth(rise * 0.34, rise * 0.55, h) * 0.8;
      const strata = mix(
        rock,
        hex("#3e3a3a"),
        smooth(0.4, 0.7, noise.fbm(x / 200 + h / 40, z / 300 + h / 24, 3)),
      );
      writeMix(out, green, strata, Math.min(1, stone));
      const snow = smooth(-60, 170, h - snowLine + (patch - 0.5) * 380) * smooth(0.5, 0.68, up);
      writeOver(out, snowColour, snow);
    },
  };
}

export function lake(brief: Brief, noise: Noise, random: Random): Land {
  const land = mountain(brief, noise, random);
  const high = land.height;
  const long = random.between(1500, 3200);
  return {
    ...land,
    height(x, z, octaves) {
      const bank = (noise.fbm(x / 260 + 3, z / 340, 4) - 0.5) * 0.5;
      const out = Math.max(Math.abs(x - Math.sin(z / 700) * 160) / (260 + z * 0.34), z / long) + bank;
      const land = high(x, z, octaves) * smooth(0.85, 1.7, out) + (out - 0.95) * 46;
      const rocks = smooth(0.62, 0.7, noise.fbm(x / 14, z / 18 + 5, 4)) * 3.4 * smooth(150, 30, z);
      return land + rocks;
    },
    ...{
      waterLevel: 0,
      mistMetres: 60,
      cameraAbove: random.between(4, 9),
      horizon: random.between(0.46, 0.56),
    },
  };
}

export function volcano(_brief: Brief, noise: Noise, random: Random): Land {
  const x0 = random.between(-0.18, 0.18) * 6000;
  const tall = random.between(1500, 1900);
  return {
    ...BASE,
    ...{ horizon: random.between(0.5, 0.6), cameraAbove: random.between(20, 60), waterKind: "lake" },
    mistMetres: 60,
    trees: { share: 0.1, kind: "conifer" },
    height(x, z, octaves) {
      const far = Math.hypot(x - x0, z - 6000);
      const cone = Math.exp(-far / 1500) * tall * 1.5 - smooth(260, 0, far) * 320;
      const rough = noise.eroded(x / 900, z / 900, octaves);
      return cone * (0.72 + 0.5 * rough) + rough * 190 - 60;
    },
    albedo(x, z, h, _up, out) {
      writeMix(out, hex("#2b2624"), hex("#4a3b33"), noise.fbm(x / 80, z / 80, 4));
      const far = Math.hypot(x - x0, z - 6000);
      const run = smooth(0.8, 0.9, noise.ridged((x - x0) / 300, z / 1300, 3)) * smooth(2300, 300, far);
      if (run > 0 && h > 300) writeOver(out, [30, 5.5, 0.8], run);
    },
  };
}
