import { hex, hsl, mix, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import { BASE, type Land, snowColour, writeMix, writeOver } from "./land";

export function meadow(brief: Brief, noise: Noise, random: Random): Land {
  const ox = random.between(0, 99);
  const oz = random.between(0, 99);
  const autumn = brief.has("autumn", "fall", "herbst", "wheat", "barley", "golden");
  const winter = brief.weather === "snow";
  const grass = winter ? snowColour : autumn ? hsl(40, 0.55, 0.42) : hsl(random.between(72, 92), 0.42, 0.32);
  const dry = winter ? hex("#cfd8e2") : autumn ? hsl(34, 0.6, 0.5) : hsl(random.between(52, 64), 0.5, 0.42);
  const bloom = brief.has("lavender")
    ? 265
    : brief.has("sunflower")
      ? 46
      : brief.has("poppy")
        ? 5
        : undefined;
  const isFlowery =
    bloom !== undefined || brief.has("flower", "wildflower", "tulip", "rose", "blossom", "spring");
  const inRows = brief.has("lavender", "tulip", "vineyard", "field of");
  const fallow = hsl(60, 0.3, 0.26);
  const petal = hsl(brief.hues[0] ?? bloom ?? random.pick([265, 5, 330, 48]), 0.7, 0.55);
  return {
    ...BASE,
    ...{ horizon: random.between(0.46, 0.6), cameraAbove: random.between(7, 18), waterKind: "lake" },
    mistMetres: brief.time === "dawn" || brief.weather === "fog" ? 50 : 0,
    trees: { share: brief.has("lone", "lonely", "single", "solitary") ? 0 : 0.1, kind: "broadleaf" },
    grain: 0.6,
    height(x, z, octaves) {
      const roll =
        noise.fbm(x / 620 + ox, z / 820 + oz, Math.min(5, octaves)) * 130 * (0.3 + smooth(40, 900, z));
      const far = noise.eroded(x / 3200 + oz, z / 3200, octaves) * smooth(2800, 9000, z) * 1100;
      return roll + far - 44 - smooth(120, 0, z) * 8;
    },
    albedo(x, z, h, up, out) {
      const patch = noise.fbm(x / 150 + 4, z / 150, 4);
      writeMix(out, grass, dry, smooth(0.38, 0.64, patch));
      const field = smooth(0.5, 0.52, noise.at(x / 240 + 60, z / 320)) * smooth(2400, 300, z) * 0.45;
      writeOver(out, fallow, winter ? 0 : field);
      if (isFlowery && !winter) {
        const rows = inRows ? 0.5 + 0.5 * Math.sin(x * 1.1) : 1;
        const dots = smooth(
          0.5,
          0.66,
          noise.fbm(x / 2.4, z / 3.4, 3) * 0.5 + noise.fbm(x / 60, z / 80 + 7, 3) * 0.6,
        );
        const share = dots * rows * smooth(1400, 200, z);
        writeOver(out, petal, share);
      }
      const rock = smooth(0.8, 0.62, up) * smooth(150, 500, h);
      writeOver(out, hex("#6d675f"), rock);
    },
  };
}

export function forest(brief: Brief, noise: Noise, random: Random): Land {
  const land = meadow(brief, noise, random);
  const floor =
    brief.weather === "snow" ? snowColour : brief.has("autumn", "fall") ? hex("#6b4a22") : hex("#2c331d");
  return {
    ...land,
    height(x, z, octaves) {
      const hill = noise.fbm(x / 900 + 2, z / 900 + 8, Math.min(6, octaves)) * 420 * smooth(60, 2600, z);
      return hill + noise.eroded(x / 3000, z / 3000 + 3, octaves) * smooth(3500, 10_000, z) * 1500 - 40;
    },
    albedo(x, z, _h, _up, out) {
      writeMix(out, floor, mix(floor, hex("#56602f"), 0.5), noise.fbm(x / 12, z / 16, 4));
    },
    ...{ cameraAbove: random.between(14, 40), horizon: random.between(0.4, 0.52) },
    mistMetres: brief.weather === "clear" ? 80 : 170,
    trees: {
      share: 1,
      kind: brief.has("jungle", "oak", "broadleaf", "autumn", "beech") ? "broadleaf" : "conifer",
    },
  };
}
