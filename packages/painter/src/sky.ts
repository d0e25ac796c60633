import type { Canvas, View } from "./canvas";
import { paintClouds } from "./clouds";
import { length, type Rgb, smooth } from "./colour";
import type { Light } from "./light";
import { createNoise } from "./noise";
import { createRandom } from "./random";

/** The colour of the clear sky in a direction (a unit vector), with the glow around the sun but without its disc. */
export function skyColour(light: Light, x: number, y: number, z: number, out: Float32Array): void {
  const up = Math.max(0, y);
  const towardsZenith = 1 - Math.exp(-up * 3.2);
  const facing = Math.max(0, x * light.sun[0] + y * light.sun[1] + z * light.sun[2]);
  const wide = facing ** 7 * 0.32 * Math.exp(-up * 2.6);
  const near = facing ** 60 * 0.35 + facing ** 700 * 0.8;
  for (let c = 0; c < 3; c++) {
    const [low, high, glow] = [
      light.horizon[c] as number,
      light.zenith[c] as number,
      light.glow[c] as number,
    ];
    out[c] = low + (high - low) * towardsZenith + glow * (wide + near);
  }
}

/** Paints the whole canvas with sky: gradient, glow, stars, sun or moon, and lit clouds. */
export function paintSky(canvas: Canvas, view: View, light: Light, seed: number, aurora = false): void {
  const { width, height, rgb } = canvas;
  const sky = new Float32Array(3);
  for (let y = 0; y < height; y++) {
    const dy = (view.horizonY - y) / view.focal;
    for (let x = 0; x < width; x++) {
      const dx = (x - view.centreX) / view.focal;
      const norm = 1 / Math.sqrt(dx * dx + dy * dy + 1);
      skyColour(light, dx * norm, dy * norm, norm, sky);
      const at = (y * width + x) * 3;
      rgb[at] = sky[0] as number;
      rgb[at + 1] = sky[1] as number;
      rgb[at + 2] = sky[2] as number;
    }
  }
  if (light.stars > 0.05) paintStars(canvas, view, light, seed);
  if (aurora) paintAurora(canvas, view, seed);
  paintDisc(canvas, view, light);
  paintClouds(canvas, view, light, createNoise(seed ^ 0xc10d));
}

function paintStars(canvas: Canvas, view: View, light: Light, seed: number): void {
  const random = createRandom(seed ^ 0x57a2);
  const { width, rgb } = canvas;
  const count = Math.round((width * view.horizonY) / 700);
  for (let i = 0; i < count; i++) {
    const x = random.next() * (width - 2);
    const y = random.next() * Math.min(view.horizonY, canvas.height - 2);
    const size = random.next() ** 9 * 1.6 + 0.12;
    const fade = light.stars * smooth(0, 0.35, 1 - y / view.horizonY);
    const warm = random.between(0.75, 1.2);
    for (const [ox, oy, share] of [
      [0, 0, 1],
      [1, 0, 0.35],
      [0, 1, 0.35],
      [1, 1, 0.15],
    ] as const) {
      const at = ((Math.floor(y) + oy) * width + Math.floor(x) + ox) * 3;
      rgb[at] = (rgb[at] as number) + size * share * fade * warm * 0.8;
      rgb[at + 1] = (rgb[at + 1] as number) + size * share * fade * 0.85;
      rgb[at + 2] = (rgb[at + 2] as number) + (size * share * fade) / warm;
    }
  }
}

/** Curtains of light: vertical rays above a wandering line, green below and violet above. */
function paintAurora(canvas: Canvas, view: View, seed: number): void {
  const noise = createNoise(seed ^ 0xa0b0);
  const { width, rgb } = canvas;
  for (let curtain = 0; curtain < 3; curtain++) {
    for (let x = 0; x < width; x++) {
      const u = x / width;
      const foot =
        view.horizonY * (0.72 - 0.16 * curtain + 0.34 * (noise.fbm(u * 2.2 + curtain * 7, curtain, 3) - 0.5));
      const rays =
        0.35 + 0.9 * noise.fbm(u * 26 + curtain * 31, 3.3, 3) ** 2 * noise.fbm(u * 3, curtain + 9, 2) * 3;
      const tall = view.horizonY * (0.35 + 0.25 * noise.at(u * 9, curtain));
      for (let y = 0; y < Math.min(canvas.height, foot + 20); y++) {
        const above = (foot - y) / tall;
        const body = above < 0 ? smooth(-0.06, 0, above) : Math.exp(-above * 2.6);
        const power = body * rays * 0.34;
        const at = (y * width + x) * 3;
        rgb[at] = (rgb[at] as number) + power * (0.04 + 0.3 * smooth(0.3, 1.1, above));
        rgb[at + 1] = (rgb[at + 1] as number) + power * 0.85 * (1 - 0.6 * smooth(0.2, 1, above));
        rgb[at + 2] = (rgb[at + 2] as number) + power * (0.32 + 0.3 * smooth(0.2, 1, above));
      }
    }
  }
}

function paintDisc(canvas: Canvas, view: View, light: Light): void {
  if (light.sun[2] <= 0.05 || light.cloudCover > 0.85) return;
  const cx = view.centreX + (light.sun[0] / light.sun[2]) * view.focal;
  const cy = view.horizonY - (light.sun[1] / light.sun[2]) * view.focal;
  const radius = (light.isNight ? 0.016 : 0.021) * view.focal;
  const power: Rgb = light.isNight
    ? [1.3, 1.35, 1.3]
    : [light.sunColour[0] * 1.6 + 1.4, light.sunColour[1] * 1.6 + 1.1, light.sunColour[2] * 1.6 + 0.7];
  const noise = createNoise(77);
  for (let y = Math.max(0, Math.floor(cy - radius - 2)); y < Math.min(canvas.height, cy + radius + 2); y++) {
    for (let x = Math.max(0, Math.floor(cx - radius - 2)); x < Math.min(canvas.width, cx + radius + 2); x++) {
      const far = length(x - cx, y - cy);
      const alpha = smooth(radius + 0.8, radius - 0.8, far);
      if (alpha <= 0) continue;
      const seas = light.isNight
        ? 0.55 + 0.6 * noise.fbm((x - cx) / radius + 4, (y - cy) / radius + 4, 4)
        : 1;
      const at = (y * canvas.width + x) * 3;
      for (let c = 0; c < 3; c++) {
        canvas.rgb[at + c] =
          (canvas.rgb[at + c] as number) * (1 - alpha) + (power[c] as number) * seas * alpha;
      }
    }
  }
}
