import type { Canvas } from "./canvas";
import { hsl, length, mix, type Rgb, smooth } from "./colour";
import { createNoise, type Noise } from "./noise";
import { createRandom } from "./random";

type Planet = {
  x: number;
  y: number;
  radius: number;
  hue: number;
  sun: readonly [number, number, number];
  seed: number;
  ring: boolean;
};

/** A sphere with land or bands of cloud, a soft day–night border, and air that glows along its lit rim. */
export function paintPlanet(canvas: Canvas, planet: Planet): void {
  const noise = createNoise(planet.seed);
  const random = createRandom(planet.seed);
  const gas = random.chance(0.5);
  const tones: [Rgb, Rgb, Rgb] = [
    hsl(planet.hue, 0.45, 0.32),
    hsl(planet.hue + 28, 0.5, 0.58),
    hsl(planet.hue - 24, 0.35, 0.8),
  ];
  const air = hsl(planet.hue + 170, 0.8, 0.66);
  const { radius: r } = planet;
  const halo = r * 0.07;
  const tilt = random.between(-0.5, 0.5);
  for (
    let y = Math.max(0, Math.floor(planet.y - r - halo));
    y < Math.min(canvas.height, planet.y + r + halo);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(planet.x - r - halo));
      x < Math.min(canvas.width, planet.x + r + halo);
      x++
    ) {
      const nx = (x - planet.x) / r;
      const ny = (planet.y - y) / r;
      const out = length(nx, ny);
      const at = (y * canvas.width + x) * 3;
      const nz = -Math.sqrt(Math.max(0, 1 - out * out));
      const day = nx * planet.sun[0] + ny * planet.sun[1] + nz * planet.sun[2];
      if (out < 1 + 1 / r) {
        const cover = smooth(1 + 0.7 / r, 1 - 0.7 / r, out);
        const lon = Math.atan2(nx, -nz) * 1.3;
        const lat = Math.asin(Math.max(-1, Math.min(1, ny))) + nx * tilt;
        const swirl = noise.fbm(lon * 2 + 9, lat * 4, 5);
        const tone = gas
          ? noise.fbm(3, lat * 9 + swirl * 1.6, 4)
          : noise.fbm(lon * 2.4 + 5, lat * 2.4 + 8, 7);
        const ground = mix(tones[0], tones[1], smooth(0.4, 0.6, tone));
        const cloud = smooth(0.52, 0.72, noise.fbm(lon * 3 + swirl * 2, lat * 6 + 30, 6));
        const albedo = mix(ground, tones[2], cloud * (gas ? 0.35 : 0.85));
        const lit = smooth(-0.08, 0.55, day) * 1.7;
        const rim = (1 + nz) ** 3 * smooth(-0.3, 0.5, day);
        for (let c = 0; c < 3; c++) {
          const value = (albedo[c] as number) * (lit + 0.008) + (air[c] as number) * rim * 0.9;
          canvas.rgb[at + c] = (canvas.rgb[at + c] as number) * (1 - cover) + value * cover;
        }
        canvas.depth[y * canvas.width + x] = 9000;
      } else {
        const fade = Math.exp(-(out - 1) * 46) * smooth(-0.4, 0.6, nx * planet.sun[0] + ny * planet.sun[1]);
        for (let c = 0; c < 3; c++)
          canvas.rgb[at + c] = (canvas.rgb[at + c] as number) + (air[c] as number) * fade * 0.7;
      }
    }
  }
  if (planet.ring) paintRing(canvas, planet, tones[2], noise, random.between(0.16, 0.34));
}

function paintRing(canvas: Canvas, planet: Planet, tone: Rgb, noise: Noise, flat: number): void {
  const { radius: r } = planet;
  const reach = r * 2.3;
  const slant = 0.3;
  for (
    let y = Math.max(0, Math.floor(planet.y - reach));
    y < Math.min(canvas.height, planet.y + reach);
    y++
  ) {
    for (
      let x = Math.max(0, Math.floor(planet.x - reach));
      x < Math.min(canvas.width, planet.x + reach);
      x++
    ) {
      const dx = (x - planet.x) / r;
      const dy = (y - planet.y) / r;
      const u = dx * Math.cos(slant) + dy * Math.sin(slant);
      const v = (dy * Math.cos(slant) - dx * Math.sin(slant)) / flat;
      const out = length(u, v);
      if (out < 1.3 || out > 2.2 || (v < 0 && length(dx, dy) < 1)) continue;
      const bands = noise.fbm(out * 26, 1, 4);
      const alpha = smooth(1.3, 1.36, out) * smooth(2.2, 2.05, out) * smooth(0.3, 0.62, bands) * 0.75;
      const at = (y * canvas.width + x) * 3;
      for (let c = 0; c < 3; c++)
        canvas.rgb[at + c] = (canvas.rgb[at + c] as number) * (1 - alpha) + (tone[c] as number) * alpha * 0.9;
    }
  }
}
