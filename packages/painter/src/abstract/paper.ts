import { type Canvas, setPixel } from "../canvas";
import { mix, type Rgb, scale, smooth } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import { fromRamp } from "./ramp";

/** Sheets of paper, each cut along a contour and casting a shadow on the one below. */
export function paintPaper(canvas: Canvas, noise: Noise, random: Random, ramp: Rgb[]): void {
  const { width, height } = canvas;
  const size = Math.max(width, height);
  const sheets = Math.round(random.between(7, 11));
  const cx = random.between(0.3, 0.7) * width;
  const cy = random.between(0.35, 0.65) * height;
  const columns = width + 64;
  const field = new Float32Array(columns * (height + 64));
  for (let y = 0; y < height + 64; y++) {
    for (let x = 0; x < columns; x++) {
      const px = x - 32 - cx;
      const py = y - 32 - cy;
      const bowl = Math.sqrt(px * px + py * py * 1.3) / size;
      field[y * columns + x] =
        bowl * 1.25 + (noise.fbm((px / size) * 2.6 + 7, (py / size) * 2.6 + 3, 3) - 0.5) * 0.85;
    }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 32) * columns + x + 32;
      const value = (field[at] as number) * sheets;
      const level = Math.floor(value);
      // Light comes from the upper left: a higher sheet there shades this one.
      let shade = 0;
      for (let step = 1; step <= 7; step++) {
        const other = Math.floor((field[at - step * 4 * columns - step * 3] as number) * sheets);
        if (other > level) shade = Math.max(shade, 1 - step / 8);
      }
      const edge = smooth(0, 0.05, value - level);
      const colour = fromRamp(ramp, 0.04 + (Math.max(0, level) / sheets) * 1.05);
      const grain = 0.97 + 0.06 * noise.at(x * 0.7, y * 0.7);
      setPixel(
        canvas,
        y * width + x,
        scale(mix(scale(colour, 1.25), colour, edge), (1 - 0.55 * shade) * grain),
      );
      canvas.depth[y * width + x] = 14 - level;
    }
  }
}
