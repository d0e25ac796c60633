import type { Canvas, View } from "./canvas";
import { hex, hsl, length, mix, type Rgb, scale, smooth } from "./colour";
import type { Light } from "./light";
import { createNoise } from "./noise";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";

/** Paints the sea from below its surface: light shafts, a reef floor, drifting specks and fish. */
export function paintUnderwater(canvas: Canvas, brief: Brief): { light: Light; view: View } {
  const { width, height, rgb } = canvas;
  const random = createRandom(brief.seed ^ 0xdee9);
  const noise = createNoise(random.seed());
  const hue = brief.hues.find((named) => named > 140 && named < 280) ?? random.between(184, 212);
  const deep = brief.has("deep", "abyss", "dark") || brief.time === "night";
  const top = hsl(hue, 0.75, deep ? 0.36 : 0.6);
  const bottom = hsl(hue + 16, 0.85, deep ? 0.045 : 0.13);
  const sunX = width * random.between(0.25, 0.75);
  const floorY = height * random.between(0.74, 0.84);
  for (let y = 0; y < height; y++) {
    const down = y / height;
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const away = length((x - sunX) / width, down * 0.8);
      const base = mix(top, bottom, Math.min(1, down ** 0.8 + away * 0.35));
      const angle = Math.atan2(x - sunX, y + height * 0.35);
      const shaft =
        smooth(0.42, 0.8, noise.fbm(angle * 9 + 4, 2.2, 4)) * Math.exp(-down * 1.7) * Math.exp(-away * 1.1);
      const surface =
        smooth(0.2, 0, down) * smooth(0.45, 0.8, noise.ridged((x / width) * 7, down * 26 + 3, 4));
      const bright = shaft * (deep ? 0.4 : 0.75) + surface * 0.55 * Math.exp(-away * 2.2);
      for (let c = 0; c < 3; c++)
        rgb[at + c] = (base[c] as number) + (top[c] as number) * bright + bright * 0.12;
      canvas.depth[y * width + x] = 60;
    }
  }
  paintReef(canvas, { floorY, top, bottom, seed: random.seed(), bright: deep ? 0.4 : 0.9 });
  paintSpecks(canvas, random.seed());
  const light: Light = {
    ...{ sun: [0.1, 0.93, 0.35], sunColour: scale(top, 1.5), zenith: top, horizon: bottom, glow: [0, 0, 0] },
    ...{
      haze: mix(top, bottom, 0.55),
      hazePerKm: 16,
      ambient: scale(mix(top, bottom, 0.4), 1.1),
      cloudCover: 0,
    },
    ...{ cloudLight: top, cloudShade: bottom, stars: 0, isNight: false, exposure: 1.1 },
  };
  return {
    light,
    view: { width, height, centreX: width / 2, horizonY: height * 0.62, focal: Math.max(width, height) },
  };
}

/** Layers of rock and coral, each nearer one darker and more coloured, with ripples of light on top. */
function paintReef(
  canvas: Canvas,
  reef: { floorY: number; top: Rgb; bottom: Rgb; seed: number; bright: number },
): void {
  const noise = createNoise(reef.seed);
  const random = createRandom(reef.seed);
  const { width, height } = canvas;
  for (let layer = 0; layer < 5; layer++) {
    const near = layer / 4;
    const base = reef.floorY + near * height * 0.2 - (1 - near) * height * 0.05;
    const tone = mix(
      mix(reef.top, reef.bottom, 0.6),
      hsl(random.pick([8, 330, 36, 280, 160]), 0.5, 0.3),
      0.16 + near * 0.44,
    );
    const o = random.between(0, 99);
    const rough = 0.1 + 0.12 * near;
    for (let x = 0; x < width; x++) {
      const u = x / width;
      const side = smooth(0.12, 0.5, Math.abs(u - 0.5)) * height * 0.3 * near;
      const bulge =
        noise.fbm(u * (5 - near * 2) + o, layer * 9, 6) * height * rough * 2 +
        noise.ridged(u * 22 + o, layer, 3) * height * 0.035 * near;
      const edge = base - bulge - side;
      for (let y = Math.max(0, Math.floor(edge)); y < height; y++) {
        const cover = Math.min(1, y - edge);
        const inside = (y - edge) / (height * 0.2);
        const caustic =
          smooth(0.6, 0.95, noise.ridged(u * 16 + o, (y / height) * 34, 3)) *
          Math.exp(-inside * 3) *
          reef.bright;
        const shade =
          (0.75 * Math.exp(-inside * 1.4) + 0.12) * (0.6 + 0.8 * noise.fbm(u * 60 + o, (y / height) * 60, 3));
        const at = (y * width + x) * 3;
        for (let c = 0; c < 3; c++) {
          const value =
            (tone[c] as number) * shade + (reef.top[c] as number) * caustic * 0.35 * (1 - near * 0.4);
          canvas.rgb[at + c] = (canvas.rgb[at + c] as number) * (1 - cover) + value * cover;
        }
        if (cover > 0.5) canvas.depth[y * width + x] = 40 - near * 34;
      }
    }
  }
}

function paintSpecks(canvas: Canvas, seed: number): void {
  const random = createRandom(seed);
  const { width, height, rgb } = canvas;
  const pale = hex("#cfeef2");
  for (let i = 0; i < 420; i++) {
    const cx = random.next() * width;
    const cy = random.next() * height;
    const r = 0.6 + random.next() ** 6 * 7;
    const power = (0.16 * random.next()) / Math.max(1, r * 0.7);
    for (let y = Math.max(0, Math.floor(cy - r)); y < Math.min(height, cy + r); y++) {
      for (let x = Math.max(0, Math.floor(cx - r)); x < Math.min(width, cx + r); x++) {
        const share = smooth(r, r * 0.4, length(x - cx, y - cy)) * power;
        const at = (y * width + x) * 3;
        for (let c = 0; c < 3; c++) rgb[at + c] = (rgb[at + c] as number) + (pale[c] as number) * share;
      }
    }
  }
}
