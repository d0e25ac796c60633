import { hex, hsl, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import { BASE, type Land, writeMix, writeOver } from "./land";

export function desert(_brief: Brief, noise: Noise, random: Random): Land {
  const angle = random.between(-0.5, 0.5);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const sand = hsl(random.between(24, 36), random.between(0.45, 0.62), 0.6);
  const shadow = hsl(random.between(16, 26), 0.5, 0.42);
  return {
    ...BASE,
    ...{
      horizon: random.between(0.42, 0.56),
      cameraAbove: random.between(26, 48),
      waterKind: "lake",
      grain: 0.16,
    },
    trees: { share: 0, kind: "cactus" },
    height(x, z, octaves) {
      const u = x * cos + z * sin;
      const v = z * cos - x * sin;
      const bend = noise.fbm(u / 900 + 5, v / 900, 3) * 3.4;
      const wave = v / 520 + bend;
      const t = wave - Math.floor(wave);
      // A long windward slope and a short slip face.
      const dune = t < 0.72 ? smooth(0, 0.72, t) ** 1.2 : 1 - smooth(0.72, 1, t);
      const size = 0.35 + 1.1 * noise.fbm(u / 700, v / 1100 + 9, 2);
      const far = smooth(4000, 12_000, z) * noise.eroded(x / 2600, z / 2600, Math.min(7, octaves)) * 520;
      const ripple = octaves > 7 ? (noise.ridged(u / 2.2 + bend * 6, v / 0.9, 1) - 0.5) * 0.07 : 0;
      return dune * size * 88 + noise.fbm(u / 240, v / 240, Math.min(4, octaves)) * 8 + far + ripple - 20;
    },
    albedo(x, z, _h, up, out) {
      writeMix(out, shadow, sand, smooth(0.7, 0.97, up) * 0.8 + 0.2 * noise.fbm(x / 30, z / 30, 2));
    },
  };
}

export function canyon(_brief: Brief, noise: Noise, random: Random): Land {
  const layers = random.between(5, 8);
  const tall = random.between(320, 480);
  const red = hsl(random.between(10, 22), 0.56, 0.44);
  const pale = hsl(random.between(26, 36), 0.5, 0.62);
  return {
    ...BASE,
    ...{ horizon: random.between(0.4, 0.52), cameraAbove: random.between(40, 110), waterKind: "lake" },
    trees: { share: 0.04, kind: "conifer" },
    height(x, z, octaves) {
      const path = Math.abs(x - Math.sin(z / 900) * z * 0.2);
      const open = smooth(90, 420 + z * 0.16, path);
      const raw = noise.eroded(x / 1300 + 31, z / 1300 + 7, octaves) * 1.15 * open;
      const step = raw * layers;
      const cut = Math.floor(step) + smooth(0.55, 0.98, step - Math.floor(step));
      return (cut / layers) * tall * (1 + smooth(2500, 9000, z) * 0.8) + (raw - 0.3) * 30;
    },
    albedo(x, z, h, up, out) {
      const band = noise.fbm(h / 26 + noise.at(x / 300, z / 300) * 1.5, 3, 3);
      writeMix(out, red, pale, smooth(0.35, 0.68, band));
      const dust = smooth(0.86, 0.97, up) * 0.6;
      writeOver(out, hex("#b98a5a"), dust);
    },
  };
}
