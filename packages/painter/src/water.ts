import type { Canvas, View } from "./canvas";
import { type Rgb, smooth } from "./colour";
import type { Light } from "./light";
import type { Noise } from "./noise";
import { skyColour } from "./sky";

export type Waves = {
  /** Height of the surface below the camera, metres. */
  cameraAbove: number;
  /** 0 a mirror – 1 a rough sea. */
  roughness: number;
  /** Metres between crests. */
  wavelength: number;
  foam: number;
  deep: Rgb;
};

/**
 * Shades every pixel of `water`: what stands above is mirrored from the canvas itself, disturbed by waves whose
 * detail fades with distance; Schlick's Fresnel; a glitter path under the sun; foam.
 */
export function paintWater(
  canvas: Canvas,
  view: View,
  light: Light,
  noise: Noise,
  waves: Waves,
  water: Uint8Array,
): void {
  const { width, height, rgb } = canvas;
  const mirror = rgb.slice();
  const sky = new Float32Array(3);
  const lean = 0.02 + 0.2 * waves.roughness;
  const first = Math.max(0, Math.floor(view.horizonY));
  for (let y = first; y < height; y++) {
    const below = Math.max(0.35, y + 0.5 - view.horizonY);
    const z = (waves.cameraAbove * view.focal) / below;
    const metres = z / view.focal;
    const octaves = Math.max(
      1,
      Math.min(5, Math.round(Math.log2(waves.wavelength / (metres * 1.2 + 0.02))) + 1),
    );
    // Where waves are finer than pixels only their mean is left, as vertical smear.
    const blurred = smooth(0.4, 6, (metres * below) / waves.wavelength / 3);
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (water[at] !== 1) continue;
      const worldX = (x - view.centreX) * metres;
      const u = worldX / waves.wavelength / 1.7;
      const v = z / waves.wavelength;
      const e = 0.12;
      const h = noise.fbm(u, v, octaves);
      const leanX = ((noise.fbm(u + e, v, octaves) - h) / e) * lean;
      const leanZ = ((noise.fbm(u, v + e, octaves) - h) / e) * lean * 1.6;
      const jitter = (noise.at(x * 0.9, y * 0.9) - 0.5) * blurred * lean;
      const down = below / view.focal;
      const norm = 1 / Math.sqrt(((x - view.centreX) / view.focal) ** 2 + down * down + 1);
      const grazing = Math.max(0.02, down * norm + leanZ * 0.55);
      const fresnel = 0.02 + 0.98 * (1 - Math.min(1, grazing)) ** 5;
      reflect(canvas, mirror, view, light, {
        x: x + leanX * view.focal * 0.5,
        rise: below + (leanZ + jitter * 2) * view.focal * 0.9,
        cameraAbove: waves.cameraAbove,
        sky,
      });
      const sparkle = glitter(view, light, x, y, leanX, leanZ, lean);
      const white = waves.foam > 0 ? foamAt(noise, u, v, h, waves.foam) * (1 - blurred * 0.6) : 0;
      const haze = 1 - Math.exp((-z / 1000) * light.hazePerKm);
      for (let c = 0; c < 3; c++) {
        const body = (waves.deep[c] as number) * (light.ambient[c] as number) * (0.7 + 0.9 * h);
        let value = body * (1 - fresnel) + (sky[c] as number) * fresnel;
        value += (light.sunColour[c] as number) * sparkle;
        const foam = (light.ambient[c] as number) * 0.9 + (light.sunColour[c] as number) * 0.25;
        value += (foam - value) * white;
        rgb[at * 3 + c] = value + ((light.haze[c] as number) - value) * haze * 0.85;
      }
      canvas.depth[at] = z;
    }
  }
}

type Ray = { x: number; rise: number; cameraAbove: number; sky: Float32Array };

/** What the mirrored ray meets: a pixel of the canvas above the horizon line, or the sky beyond its edge. */
function reflect(canvas: Canvas, mirror: Float32Array, view: View, light: Light, ray: Ray): void {
  const { width, depth } = canvas;
  const x = Math.min(width - 1, Math.max(0, Math.round(ray.x)));
  const rise = Math.max(1, ray.rise);
  let y = view.horizonY - rise;
  for (let turn = 0; turn < 2; turn++) {
    const row = Math.min(canvas.height - 1, Math.max(0, Math.round(y)));
    const far = depth[row * width + x] as number;
    const shift = Number.isFinite(far) ? (2 * ray.cameraAbove * view.focal) / far : 0;
    y = view.horizonY - rise + Math.min(shift, rise + 60);
  }
  const row = Math.round(y);
  if (row >= 0 && row < canvas.height) {
    const at = (row * width + x) * 3;
    for (let c = 0; c < 3; c++) ray.sky[c] = mirror[at + c] as number;
    return;
  }
  const dx = (ray.x - view.centreX) / view.focal;
  const dy = rise / view.focal;
  const norm = 1 / Math.sqrt(dx * dx + dy * dy + 1);
  skyColour(light, dx * norm, dy * norm, norm, ray.sky);
}

function glitter(
  view: View,
  light: Light,
  x: number,
  y: number,
  leanX: number,
  leanZ: number,
  lean: number,
): number {
  const [sx, sy, sz] = light.sun;
  if (sz <= 0) return 0;
  const dx = (x - view.centreX) / view.focal;
  const dy = (y - view.horizonY) / view.focal;
  // The normal that would mirror the sun into the eye, against the normal that is there.
  const hx = sx - dx;
  const hy = sy + dy;
  const hz = sz - 1;
  const wantedX = hx / Math.max(0.02, hy);
  const wantedZ = hz / Math.max(0.02, hy);
  const spread = 0.018 + lean * 0.45;
  const offX = (wantedX + leanX * 1.4) / spread;
  const offZ = (wantedZ + leanZ * 1.2) / (spread * 2.4);
  const hit = Math.exp(-(offX * offX + offZ * offZ));
  return hit * (light.isNight ? 0.8 : 0.55) * (1 - light.cloudCover * 0.7);
}

function foamAt(noise: Noise, u: number, v: number, crest: number, amount: number): number {
  const torn = noise.ridged(u * 3.1 + 7, v * 2.2, 4);
  return smooth(0.72 - 0.25 * amount, 0.95, crest * 0.75 + torn * 0.38) * amount;
}
