import type { Canvas, View } from "./canvas";
import { hsl, mix, scale, smooth } from "./colour";
import type { Light } from "./light";
import { createNoise } from "./noise";
import { paintPlanet } from "./planet";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";

/** Paints a nebula, stars and one or two planets; returns the light of their sun. */
export function paintSpace(canvas: Canvas, brief: Brief): { light: Light; view: View } {
  const { width, height, rgb } = canvas;
  const random = createRandom(brief.seed ^ 0x5bac);
  const noise = createNoise(random.seed());
  const hue = brief.hues[0] ?? random.pick([200, 265, 320, 18, 175]);
  const a = hsl(hue, 0.75, 0.5);
  const b = hsl(brief.hues[1] ?? hue + random.pick([70, -80, 140]), 0.8, 0.55);
  const size = Math.max(width, height);
  const ox = random.between(0, 90);
  const oy = random.between(0, 90);
  const tilt = random.between(-0.9, 0.9);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x - width / 2) / size;
      const v = (y - height / 2) / size;
      const warp = noise.fbm(u * 3 + ox, v * 3 + oy, 4) - 0.5;
      const band = Math.exp(-(((v * Math.cos(tilt) - u * Math.sin(tilt) + warp * 0.4) / 0.2) ** 2));
      const cloud = noise.fbm(u * 4.2 + warp * 2.4 + 30, v * 4.2 + warp * 1.6, 6);
      const strand = noise.ridged(u * 2.6 + warp + 7, v * 2.6 - warp, 5);
      const dust = smooth(0.44, 0.72, noise.fbm(u * 6 + 60, v * 6 + warp * 3, 5));
      const power = (band * 0.9 + 0.12) * smooth(0.34, 0.8, cloud) * (1 - 0.75 * dust);
      const colour = mix(a, b, smooth(0.35, 0.75, strand));
      const heart = band ** 3 * smooth(0.55, 0.9, cloud) * 1.1;
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) {
        rgb[at + c] =
          0.006 +
          (colour[c] as number) * power * (0.5 + strand) * 0.95 +
          heart * (0.5 + 0.5 * (colour[c] as number));
      }
    }
  }
  sprinkleStars(canvas, random.seed());
  const angle = random.between(-0.6, 0.6) + (random.chance(0.5) ? Math.PI : 0);
  const sun = [Math.cos(angle) * 0.86, Math.sin(angle) * 0.36 + 0.1, -0.36] as const;
  const low = brief.subjects.length > 0 || random.chance(0.4);
  const big = low ? random.between(0.62, 0.95) : random.between(0.26, 0.4);
  const at = low
    ? { x: width * random.between(0.25, 0.75), y: height * 0.72 + big * size * 0.8 }
    : { x: width * random.pick([0.34, 0.66]), y: height * random.between(0.4, 0.58) };
  paintPlanet(canvas, {
    ...at,
    radius: big * size * (low ? 0.95 : 0.8),
    hue: hue + 30,
    sun,
    seed: random.seed(),
    ring: !low && random.chance(0.45),
  });
  if (random.chance(0.7)) {
    const moon = {
      x: width * random.between(0.1, 0.9),
      y: height * random.between(0.1, 0.36),
      radius: size * random.between(0.015, 0.045),
    };
    paintPlanet(canvas, { ...moon, hue: hue + 180, sun, seed: random.seed(), ring: false });
  }
  const light: Light = {
    ...{ sun, sunColour: [2.6, 2.4, 2.2], zenith: scale(a, 0.05), horizon: scale(b, 0.1), glow: [0, 0, 0] },
    ...{ haze: [0, 0, 0], hazePerKm: 0, ambient: mix(scale(a, 0.3), [0.12, 0.12, 0.14], 0.5), cloudCover: 0 },
    ...{ cloudLight: [0, 0, 0], cloudShade: [0, 0, 0], stars: 1, isNight: true, exposure: 1.1 },
  };
  return { light, view: { width, height, centreX: width / 2, horizonY: height * 0.9, focal: size } };
}

function sprinkleStars(canvas: Canvas, seed: number): void {
  const random = createRandom(seed);
  const { width, height, rgb } = canvas;
  for (let i = 0; i < (width * height) / 420; i++) {
    const x = Math.floor(random.next() * (width - 4)) + 2;
    const y = Math.floor(random.next() * (height - 4)) + 2;
    const power = random.next() ** 12 * 5 + random.next() ** 4 * 0.35;
    const warm = random.between(0.75, 1.25);
    const reach = power > 1.6 ? 2 : 0;
    for (let o = -reach; o <= reach; o++) {
      for (const at of o === 0 ? [y * width + x] : [y * width + x + o, (y + o) * width + x]) {
        const share = power / (1 + 3 * o * o);
        rgb[at * 3] = (rgb[at * 3] as number) + share * warm;
        rgb[at * 3 + 1] = (rgb[at * 3 + 1] as number) + share;
        rgb[at * 3 + 2] = (rgb[at * 3 + 2] as number) + share / warm;
      }
    }
  }
}
