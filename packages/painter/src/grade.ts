import { blurPlane, type Canvas } from "./canvas";
import { chooseLook, type Look } from "./look";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";

const BLOOM_STEP = 4;

/** Finishes linear light into 8-bit sRGB as a film print: bloom, filmic curve, split tone, vignette, grain. */
export function grade(canvas: Canvas, brief: Brief, exposure: number): Buffer {
  const { width, height, rgb } = canvas;
  const look = chooseLook(brief);
  const bloom = measureBloom(canvas, exposure);
  const columns = Math.ceil(width / BLOOM_STEP);
  const rows = Math.ceil(height / BLOOM_STEP);
  const corner = 1 / (width * width + height * height);
  const random = createRandom(brief.seed ^ 0x6ea1);
  const grain = makeGrain(random.seed(), look.grain);
  const out = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    const by = Math.min(rows - 1.001, Math.max(0, (y + 0.5) / BLOOM_STEP - 0.5));
    const row = Math.floor(by);
    const fy = by - row;
    let grainAt = Math.floor(random.next() * grain.length);
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const bx = Math.min(columns - 1.001, Math.max(0, (x + 0.5) / BLOOM_STEP - 0.5));
      const column = Math.floor(bx);
      const fx = bx - column;
      const a = (row * columns + column) * 3;
      const b = a + columns * 3;
      const dx = 2 * x - width;
      const dy = 2 * y - height;
      const edge = (dx * dx + dy * dy) * corner;
      const gain = exposure * (1 - look.vignette * edge * edge);
      for (let c = 0; c < 3; c++) {
        const top = (bloom[a + c] as number) * (1 - fx) + (bloom[a + 3 + c] as number) * fx;
        const low = (bloom[b + c] as number) * (1 - fx) + (bloom[b + 3 + c] as number) * fx;
        rgb[at + c] = ((rgb[at + c] as number) + top * (1 - fy) + low * fy) * gain;
      }
      grainAt = grainAt + 1 === grain.length ? 0 : grainAt + 1;
      print(rgb, at, look, grain[grainAt] as number, out);
    }
  }
  return out;
}

function print(rgb: Float32Array, at: number, look: Look, grain: number, out: Buffer): void {
  const r = develop(rgb[at] as number);
  const g = develop(rgb[at + 1] as number);
  const b = develop(rgb[at + 2] as number);
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const noise = grain * (1 - Math.abs(light * 2 - 1) * 0.6);
  out[at] = finish(r, light, look, 0, noise);
  out[at + 1] = finish(g, light, look, 1, noise);
  out[at + 2] = finish(b, light, look, 2, noise);
}

function finish(value: number, light: number, look: Look, c: number, noise: number): number {
  let v = light + (value - light) * look.saturation;
  v = 0.42 + (v - 0.42) * look.contrast;
  v += (look.shadows[c] as number) * (1 - light) + (look.highlights[c] as number) * light + noise;
  return v <= 0 ? 0 : v >= 1 ? 255 : Math.round(v * 255);
}

/** Display value over √(linear / 16): Krzysztof Narkowicz's fit of the ACES film curve (2016), then sRGB gamma. */
const CURVE = Float32Array.from({ length: 4096 }, (_, i) => {
  const x = (i / 1023.75) ** 2 * 0.72;
  const filmic = Math.min(1, (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
  return filmic <= 0.0031308 ? filmic * 12.92 : 1.055 * filmic ** (1 / 2.4) - 0.055;
});

function develop(linear: number): number {
  if (!(linear > 0)) return 0;
  return CURVE[linear >= 16 ? 4095 : (Math.sqrt(linear) * 1023.75) | 0] as number;
}

function makeGrain(seed: number, strength: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from(
    { length: 65_521 },
    () => (random.next() + random.next() + random.next() - 1.5) * strength * 1.6,
  );
}

/** What bright parts spill over their surroundings: two blurs of everything near white and above, at a quarter of the size. */
function measureBloom({ width, height, rgb }: Canvas, exposure: number): Float32Array {
  const columns = Math.ceil(width / BLOOM_STEP);
  const rows = Math.ceil(height / BLOOM_STEP);
  const bloom = new Float32Array(columns * rows * 3);
  for (let c = 0; c < 3; c++) {
    const narrow = new Float32Array(columns * rows);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let corner = 0; corner < 4; corner++) {
          const y = Math.min(height - 1, row * BLOOM_STEP + (corner & 2));
          const x = Math.min(width - 1, column * BLOOM_STEP + (corner & 1) * 2);
          sum += Math.min(6, Math.max(0, (rgb[(y * width + x) * 3 + c] as number) * exposure - 0.75));
        }
        narrow[row * columns + column] = sum / 4 / exposure;
      }
    }
    const wide = narrow.slice();
    blurPlane(narrow, columns, rows, 3);
    blurPlane(wide, columns, rows, Math.round(columns / 16));
    for (let i = 0; i < wide.length; i++) {
      bloom[i * 3 + c] = (narrow[i] as number) * 0.2 + (wide[i] as number) * 0.16;
    }
  }
  return bloom;
}
