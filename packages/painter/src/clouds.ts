import type { Canvas, View } from "./canvas";
import { smooth } from "./colour";
import type { Light } from "./light";
import type { Noise } from "./noise";

const CLOUD_STEP = 2;

/** Two sheets of cloud, low and high, lit where they thin out towards the sun. Computed at half size. */
export function paintClouds(canvas: Canvas, view: View, light: Light, noise: Noise): void {
  if (light.cloudCover < 0.03) return;
  const columns = Math.ceil(canvas.width / CLOUD_STEP) + 1;
  const rows = Math.ceil(Math.min(canvas.height, view.horizonY + 2) / CLOUD_STEP) + 1;
  const alpha = new Float32Array(columns * rows);
  const lit = new Float32Array(columns * rows);
  const threshold = 0.68 - 0.42 * light.cloudCover;
  const sx = light.sun[0] * 0.22;
  const sz = light.sun[2] * 0.22;
  for (let row = 0; row < rows; row++) {
    const dy = Math.max(0.004, (view.horizonY - row * CLOUD_STEP) / view.focal);
    const reach = 1 / (dy + 0.11);
    const fade = smooth(0, 0.05, dy);
    for (let column = 0; column < columns; column++) {
      const dx = (column * CLOUD_STEP - view.centreX) / view.focal;
      const u = dx * reach * 0.95;
      const v = reach * 0.75;
      const warp = noise.at(u * 0.9 + 40, v * 0.9) * 0.9;
      const thick = noise.fbm(u + warp, v * 1.25 + warp * 0.4, 6);
      const body = smooth(threshold, threshold + 0.24, thick);
      const veil = smooth(0.5, 0.85, noise.fbm(u * 0.45 + 9, v * 2.1 + 3, 4)) * 0.4 * light.cloudCover;
      const at = row * columns + column;
      alpha[at] = Math.min(0.97, body * 0.92 + veil * (1 - body)) * fade;
      if (body + veil > 0.01) {
        const towards = noise.fbm(u + warp + sx, v * 1.25 + warp * 0.4 + sz, 4);
        lit[at] = Math.min(1, Math.max(0, 0.5 + (thick - towards) * 4.2 + (1 - body) * 0.35));
      }
    }
  }
  composeClouds(canvas, view, light, { alpha, lit, columns });
}

function composeClouds(
  canvas: Canvas,
  view: View,
  light: Light,
  clouds: { alpha: Float32Array; lit: Float32Array; columns: number },
): void {
  const { width, rgb } = canvas;
  const last = Math.min(canvas.height, Math.floor(view.horizonY + 1));
  for (let y = 0; y < last; y++) {
    for (let x = 0; x < width; x++) {
      const a = sample(clouds.alpha, clouds.columns, x / CLOUD_STEP, y / CLOUD_STEP);
      if (a < 0.004) continue;
      const l = sample(clouds.lit, clouds.columns, x / CLOUD_STEP, y / CLOUD_STEP);
      const dx = (x - view.centreX) / view.focal;
      const dy = (view.horizonY - y) / view.focal;
      const norm = 1 / Math.sqrt(dx * dx + dy * dy + 1);
      const facing = Math.max(0, (dx * light.sun[0] + dy * light.sun[1] + light.sun[2]) * norm);
      const rim = facing ** 20 * 0.9 * l;
      const at = (y * width + x) * 3;
      for (let c = 0; c < 3; c++) {
        const shade = light.cloudShade[c] as number;
        const bright = light.cloudLight[c] as number;
        const colour = shade + (bright - shade) * l + (light.glow[c] as number) * rim;
        rgb[at + c] = (rgb[at + c] as number) * (1 - a) + colour * a;
      }
    }
  }
}

function sample(plane: Float32Array, columns: number, x: number, y: number): number {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const at = y0 * columns + x0;
  const top = (plane[at] as number) * (1 - fx) + (plane[at + 1] as number) * fx;
  const bottom =
    (plane[at + columns] ?? (plane[at] as number)) * (1 - fx) + (plane[at + columns + 1] ?? 0) * fx;
  return top * (1 - fy) + bottom * fy;
}
