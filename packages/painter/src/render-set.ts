import { type Canvas, setPixel } from "./canvas";
import type { Rgb } from "./colour";
import { look, type Set3d } from "./trace";
import { minus, unit, type Vec } from "./vector";

const GRID = 3;
const UNSEEN = -2;
const NOTHING = -1;

/**
 * Renders a set: rays on a grid of every third pixel, then every pixel of the cells whose corners differ (the others are
 * interpolated), then four rays for each pixel on an outline.
 */
export function renderSet(canvas: Canvas, set: Set3d): void {
  const { width, height, depth } = canvas;
  const shoot = makeCamera(set, width, height);
  const backdrop = set.over ? canvas.rgb.slice() : undefined;
  const what = new Int16Array(width * height).fill(UNSEEN);
  const trace = (x: number, y: number) => {
    const at = y * width + x;
    if (what[at] !== UNSEEN) return;
    const seen = look(set, set.camera.eye, shoot(x + 0.5, y + 0.5), false);
    what[at] = seen.index;
    if (set.over && seen.index === NOTHING) return;
    setPixel(canvas, at, seen.colour);
    depth[at] = seen.far;
  };
  for (let y = 0; y < height + GRID; y += GRID) {
    for (let x = 0; x < width + GRID; x += GRID) trace(Math.min(x, width - 1), Math.min(y, height - 1));
  }
  for (let y = 0; y < height; y += GRID) {
    for (let x = 0; x < width; x += GRID) {
      const right = Math.min(x + GRID, width - 1);
      const bottom = Math.min(y + GRID, height - 1);
      const alike = cornersAgree(canvas, what, x, y, right, bottom, set.over);
      for (let py = y; py <= bottom; py++) {
        for (let px = x; px <= right; px++) {
          if (alike) interpolate(canvas, what, px, py, x, y, right, bottom, set.over);
          else trace(px, py);
        }
      }
    }
  }
  smoothOutlines(canvas, set, shoot, what, backdrop);
}

function cornersAgree(
  canvas: Canvas,
  what: Int16Array,
  x: number,
  y: number,
  right: number,
  bottom: number,
  over = false,
): boolean {
  const { width, rgb } = canvas;
  const a = y * width + x;
  const b = y * width + right;
  const c = bottom * width + x;
  const d = bottom * width + right;
  if (what[a] !== what[b] || what[a] !== what[c] || what[a] !== what[d]) return false;
  if (over && what[a] === NOTHING) return true;
  for (let part = 0; part < 3; part++) {
    const p = Math.sqrt(rgb[a * 3 + part] as number);
    const q = Math.sqrt(rgb[b * 3 + part] as number);
    const r = Math.sqrt(rgb[c * 3 + part] as number);
    const s = Math.sqrt(rgb[d * 3 + part] as number);
    if (Math.max(p, q, r, s) - Math.min(p, q, r, s) > 0.03) return false;
  }
  return true;
}

function interpolate(
  canvas: Canvas,
  what: Int16Array,
  px: number,
  py: number,
  x: number,
  y: number,
  right: number,
  bottom: number,
  over = false,
): void {
  const { width, rgb, depth } = canvas;
  const at = py * width + px;
  if (what[at] !== UNSEEN) return;
  what[at] = what[y * width + x] as number;
  if (over && what[at] === NOTHING) return;
  const fx = right > x ? (px - x) / (right - x) : 0;
  const fy = bottom > y ? (py - y) / (bottom - y) : 0;
  const a = (y * width + x) * 3;
  const b = (y * width + right) * 3;
  const c = (bottom * width + x) * 3;
  const d = (bottom * width + right) * 3;
  for (let part = 0; part < 3; part++) {
    const top = (rgb[a + part] as number) * (1 - fx) + (rgb[b + part] as number) * fx;
    const low = (rgb[c + part] as number) * (1 - fx) + (rgb[d + part] as number) * fx;
    rgb[at * 3 + part] = top * (1 - fy) + low * fy;
  }
  depth[at] = depth[a / 3] as number;
}

function smoothOutlines(
  canvas: Canvas,
  set: Set3d,
  shoot: (x: number, y: number) => Vec,
  what: Int16Array,
  backdrop: Float32Array | undefined,
): void {
  const { width, height } = canvas;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const here = what[at];
      if (here === what[at + 1] && here === what[at + width]) continue;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let part = 0; part < 4; part++) {
        const ox = 0.2 + 0.3 * ((part * 2) % 3);
        const seen = look(set, set.camera.eye, shoot(x + ox, y + 0.15 + 0.23 * part), false);
        const colour = backdrop && seen.index === NOTHING ? pixelOf(backdrop, at) : seen.colour;
        r += Math.min(3, colour[0]) / 4;
        g += Math.min(3, colour[1]) / 4;
        b += Math.min(3, colour[2]) / 4;
      }
      setPixel(canvas, at, [r, g, b]);
    }
  }
}

function pixelOf(rgb: Float32Array, index: number): Rgb {
  const at = index * 3;
  return [rgb[at] as number, rgb[at + 1] as number, rgb[at + 2] as number];
}

function makeCamera({ camera }: Set3d, width: number, height: number): (x: number, y: number) => Vec {
  const forward = unit(minus(camera.target, camera.eye));
  const right = unit([forward[2], 0, -forward[0]]);
  const up: Vec = [
    forward[1] * right[2] - forward[2] * right[1],
    forward[2] * right[0] - forward[0] * right[2],
    forward[0] * right[1] - forward[1] * right[0],
  ];
  return (x, y) => {
    const u = (x - width / 2) / camera.focal;
    const v = (height / 2 - y) / camera.focal + camera.shiftY;
    return unit([
      forward[0] + right[0] * u + up[0] * v,
      forward[1] + right[1] * u + up[1] * v,
      forward[2] + right[2] * u + up[2] * v,
    ]);
  };
}
