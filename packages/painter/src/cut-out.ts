import { blurPlane } from "./canvas";
import type { Figure } from "./figures";
import { drawSvg } from "./slate";
import { type Sprite, withHalves } from "./sprite";

/** Renders a figure; its surface faces as if it were rounded towards its edges. */
export function cutOut(figure: Figure): Sprite {
  const tall = 420;
  const wide = Math.round((tall * figure.width) / figure.height);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="0 0 ${figure.width} ${figure.height}">${figure.svg}</svg>`;
  const { width, height, rgba } = drawSvg(svg);
  const size = width * height;
  const alpha = new Float32Array(size);
  const albedo = new Float32Array(size * 3);
  const glow = new Float32Array(size * 3);
  for (let i = 0; i < size; i++) {
    alpha[i] = (rgba[i * 4 + 3] as number) / 255;
    const r = rgba[i * 4] as number;
    const g = rgba[i * 4 + 1] as number;
    const b = rgba[i * 4 + 2] as number;
    const shines = r > 235 && g > 235 && b < 60;
    const into = shines ? glow : albedo;
    into[i * 3] = shines ? 2.6 : (r / 255) ** 2.2;
    into[i * 3 + 1] = shines ? 1.5 : (g / 255) ** 2.2;
    into[i * 3 + 2] = shines ? 0.55 : (b / 255) ** 2.2;
  }
  const round = alpha.slice();
  blurPlane(round, width, height, 7);
  const faceX = new Float32Array(size);
  const faceY = new Float32Array(size);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const gx = ((round[at - 1] as number) - (round[at + 1] as number)) * 26;
      const gy = ((round[at + width] as number) - (round[at - width] as number)) * -26;
      const long = Math.max(1, Math.hypot(gx, gy) / 0.94);
      faceX[at] = gx / long;
      faceY[at] = -gy / long;
    }
  }
  return withHalves({ width, height, alpha, albedo, faceX, faceY, glow, half: null });
}
