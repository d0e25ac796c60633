import type { Canvas, View } from "./canvas";
import { length, type Rgb, smooth } from "./colour";
import type { Light } from "./light";

/**
 * A cut-out that can be lit: cover, albedo, and which way its surface faces (x right, y up; the rest towards the eye).
 * Glow is light of its own. Halved copies are kept for small sizes.
 */
export type Sprite = {
  width: number;
  height: number;
  alpha: Float32Array;
  albedo: Float32Array;
  faceX: Float32Array;
  faceY: Float32Array;
  glow: Float32Array | null;
  half: Sprite | null;
};

export type Stand = {
  /** Foot of the sprite on the canvas, in pixels. */
  footX: number;
  footY: number;
  /** Height on the canvas, in pixels. */
  tall: number;
  /** Metres from the camera. */
  far: number;
  /** Multiplies the albedo. */
  tint: Rgb;
  /** Share of the light of the scene that gets through the haze. */
  clear: number;
  flip: boolean;
};

/** Halves a sprite again and again by averaging. */
export function withHalves(sprite: Sprite): Sprite {
  if (sprite.width < 8 || sprite.height < 8) return sprite;
  const [width, height] = [sprite.width >> 1, sprite.height >> 1];
  const shrink = (plane: Float32Array, parts: number) => {
    const out = new Float32Array(width * height * parts);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < parts; c++) {
          let sum = 0;
          let cover = 1e-6;
          for (const offset of [0, 1, sprite.width, sprite.width + 1]) {
            const at = y * 2 * sprite.width + x * 2 + offset;
            const weight = plane === sprite.alpha ? 1 : (sprite.alpha[at] as number) + 1e-5;
            sum += (plane[at * parts + c] as number) * weight;
            cover += weight;
          }
          out[(y * width + x) * parts + c] = sum / cover;
        }
      }
    }
    return out;
  };
  const half: Sprite = {
    ...{ width, height, half: null },
    alpha: shrink(sprite.alpha, 1),
    albedo: shrink(sprite.albedo, 3),
    faceX: shrink(sprite.faceX, 1),
    faceY: shrink(sprite.faceY, 1),
    glow: sprite.glow ? shrink(sprite.glow, 3) : null,
  };
  return { ...sprite, half: withHalves(half) };
}

/** Stands a sprite in the scene: behind what is nearer, lit by its sun, faded by its haze. */
export function placeSprite(
  canvas: Canvas,
  view: View,
  light: Light,
  sprite: Sprite,
  stand: Stand,
  water: Uint8Array | null,
): void {
  let source = sprite;
  while (source.half && source.height > stand.tall * 1.6) source = source.half;
  const scale = source.height / stand.tall;
  const wide = source.width / scale;
  const left = Math.floor(stand.footX - wide / 2);
  const top = Math.floor(stand.footY - stand.tall);
  const { width, height, rgb, depth } = canvas;
  const [sx, sy, sz] = light.sun;
  const dx = (stand.footX - view.centreX) / view.focal;
  const towards = Math.max(0, (dx * sx + sz) / length(dx, 1)) ** 5;
  const air = light.haze.map((v, c) => v + (light.glow[c] as number) * towards * 0.45);
  const soft = Math.min(1, stand.tall / 3);
  for (let y = Math.max(0, top); y < Math.min(height, stand.footY); y++) {
    const v0 = (y + 0.5 - (stand.footY - stand.tall)) * scale;
    const v = Math.floor(v0);
    if (v < 0 || v >= source.height) continue;
    for (let x = Math.max(0, left); x <= Math.min(width - 1, left + wide + 1); x++) {
      const u0 = (x + 0.5 - (stand.footX - wide / 2)) * scale;
      const u = Math.floor(stand.flip ? source.width - u0 : u0);
      if (u < 0 || u >= source.width) continue;
      const from = v * source.width + u;
      const alpha =
        (scale < 0.7 ? coverAt(source, u0, v0, stand.flip) : (source.alpha[from] as number)) * soft;
      const at = y * width + x;
      if (alpha < 0.02 || (depth[at] as number) < stand.far * 0.985) continue;
      const fx = (source.faceX[from] as number) * (stand.flip ? -1 : 1);
      const fy = source.faceY[from] as number;
      const fz = Math.sqrt(Math.max(0, 1 - fx * fx - fy * fy));
      const direct = Math.max(0, fx * sx + fy * sy - fz * sz);
      const through = 0.2 * Math.max(0, sz) * (1 - 0.7 * fz);
      const sky = 0.55 + 0.45 * fy;
      for (let c = 0; c < 3; c++) {
        const albedo = (source.albedo[from * 3 + c] as number) * (stand.tint[c] as number);
        let value =
          albedo * ((light.sunColour[c] as number) * (direct + through) + (light.ambient[c] as number) * sky);
        if (source.glow) value += source.glow[from * 3 + c] as number;
        value = value * stand.clear + (air[c] as number) * (1 - stand.clear);
        rgb[at * 3 + c] = (rgb[at * 3 + c] as number) * (1 - alpha) + value * alpha;
      }
      if (alpha > 0.5) {
        depth[at] = stand.far;
        if (water) water[at] = 0;
      }
    }
  }
}

/** Cover between pixels, for sprites that are shown larger than they were drawn. */
function coverAt({ alpha, width, height }: Sprite, u: number, v: number, flip: boolean): number {
  const x = Math.min(width - 1.001, Math.max(0, (flip ? width - u : u) - 0.5));
  const y = Math.min(height - 1.001, Math.max(0, v - 0.5));
  const at = Math.floor(y) * width + Math.floor(x);
  const [fx, fy] = [x % 1, y % 1];
  const top = (alpha[at] as number) * (1 - fx) + (alpha[at + 1] as number) * fx;
  const low = (alpha[at + width] as number) * (1 - fx) + (alpha[at + width + 1] as number) * fx;
  return top * (1 - fy) + low * fy;
}

/** A soft dark spot where something touches the ground. */
export function darken(canvas: Canvas, x: number, y: number, rx: number, ry: number, by: number): void {
  for (let row = Math.max(0, Math.floor(y - ry)); row <= Math.min(canvas.height - 1, y + ry); row++) {
    for (
      let column = Math.max(0, Math.floor(x - rx));
      column <= Math.min(canvas.width - 1, x + rx);
      column++
    ) {
      const off = length((column - x) / rx, (row - y) / ry);
      const keep = 1 - by * smooth(1, 0.1, off);
      const at = (row * canvas.width + column) * 3;
      for (let c = 0; c < 3; c++) canvas.rgb[at + c] = (canvas.rgb[at + c] as number) * keep;
    }
  }
}
