import type { Rgb } from "./colour";

/** A picture in the making: linear light, and how far away each pixel is in metres (Infinity is sky). */
export type Canvas = {
  width: number;
  height: number;
  rgb: Float32Array;
  depth: Float32Array;
};

/** A camera without tilt (a shift lens keeps verticals upright): row of the horizon, and focal length in pixels. */
export type View = { width: number; height: number; centreX: number; horizonY: number; focal: number };

export function createCanvas(width: number, height: number): Canvas {
  const depth = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  return { width, height, rgb: new Float32Array(width * height * 3), depth };
}

export function setPixel(canvas: Canvas, index: number, colour: Rgb): void {
  canvas.rgb[index * 3] = colour[0];
  canvas.rgb[index * 3 + 1] = colour[1];
  canvas.rgb[index * 3 + 2] = colour[2];
}

export function blendPixel(
  canvas: Canvas,
  index: number,
  r: number,
  g: number,
  b: number,
  alpha: number,
): void {
  const at = index * 3;
  const { rgb } = canvas;
  rgb[at] = (rgb[at] as number) * (1 - alpha) + r * alpha;
  rgb[at + 1] = (rgb[at + 1] as number) * (1 - alpha) + g * alpha;
  rgb[at + 2] = (rgb[at + 2] as number) * (1 - alpha) + b * alpha;
}

export function addPixel(canvas: Canvas, index: number, r: number, g: number, b: number): void {
  const at = index * 3;
  const { rgb } = canvas;
  rgb[at] = (rgb[at] as number) + r;
  rgb[at + 1] = (rgb[at + 1] as number) + g;
  rgb[at + 2] = (rgb[at + 2] as number) + b;
}

/** Blurs one plane in place by three box passes, which is close to a Gaussian (W3C filter effects, feGaussianBlur). */
export function blurPlane(plane: Float32Array, width: number, height: number, radius: number): void {
  if (radius < 1) return;
  const other = new Float32Array(plane.length);
  for (let pass = 0; pass < 3; pass++) {
    for (let y = 0; y < height; y++) slide(plane, other, y * width, 1, width, radius);
    for (let x = 0; x < width; x++) slide(other, plane, x, width, height, radius);
  }
}

function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  count: number,
  radius: number,
): void {
  const r = Math.min(radius, count - 1);
  const span = 2 * r + 1;
  let sum = 0;
  for (let i = -r; i <= r; i++) sum += from[start + Math.min(count - 1, Math.max(0, i)) * step] as number;
  for (let i = 0; i < count; i++) {
    to[start + i * step] = sum / span;
    const enters = Math.min(count - 1, i + r + 1);
    const leaves = Math.max(0, i - r);
    sum += (from[start + enters * step] as number) - (from[start + leaves * step] as number);
  }
}
