import { hex, length, type Rgb } from "../colour";
import type { Sprite } from "../sprite";

export const TALL = 192;

export const bark: Rgb = hex("#4a3a2c");

/** White: leaves are tinted when a tree is placed. */
export const leaf: Rgb = [1, 1, 1];

/** An empty sprite of a tree's height. */
export function blank(width: number): Sprite {
  const height = TALL;
  const size = width * height;
  return {
    ...{ width, height, half: null, glow: null },
    alpha: new Float32Array(size),
    albedo: new Float32Array(size * 3),
    faceX: new Float32Array(size),
    faceY: new Float32Array(size),
  };
}

/** Paints one spot: `fx` and `fy` say which way its surface faces. */
export function put(
  sprite: Sprite,
  x: number,
  y: number,
  alpha: number,
  colour: Rgb,
  shade: number,
  fx: number,
  fy: number,
): void {
  const column = Math.floor(x);
  const row = Math.floor(y);
  if (column < 0 || row < 0 || column >= sprite.width || row >= sprite.height || alpha <= 0.01) return;
  const at = row * sprite.width + column;
  const keep = 1 - alpha;
  sprite.alpha[at] = (sprite.alpha[at] as number) * keep + alpha;
  for (let c = 0; c < 3; c++) {
    sprite.albedo[at * 3 + c] =
      (sprite.albedo[at * 3 + c] as number) * keep + (colour[c] as number) * shade * alpha;
  }
  sprite.faceX[at] = (sprite.faceX[at] as number) * keep + fx * alpha;
  sprite.faceY[at] = (sprite.faceY[at] as number) * keep + fy * alpha;
}

/** A limb that gets thinner from one end to the other. */
export function branch(
  sprite: Sprite,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  w0: number,
  w1: number,
): void {
  const steps = Math.ceil(length(x1 - x0, y1 - y0));
  for (let step = 0; step <= steps; step++) {
    const t = step / steps;
    const half = w0 + (w1 - w0) * t;
    const x = x0 + (x1 - x0) * t;
    const y = y0 + (y1 - y0) * t;
    for (let o = -half; o <= half; o++) put(sprite, x + o, y, 1, bark, 0.9, (o / half) * 0.8, 0.1);
  }
}
