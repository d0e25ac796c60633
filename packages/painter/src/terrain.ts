import { blendPixel, type Canvas, type View } from "./canvas";
import { castShadows, type Shade } from "./cast-shadows";
import { length } from "./colour";
import type { Ground } from "./grounds/land";
import type { Light } from "./light";

const STEPS = 460;

/**
 * Paints land column by column from far to near on a grid of rays × growing distances, so that detail is everywhere
 * about a pixel fine: lit by slope and cast shadow, faded by haze. Marks the pixels where still water lies.
 */
export function paintTerrain(
  canvas: Canvas,
  view: View,
  light: Light,
  ground: Ground,
  cameraY: number,
): Uint8Array {
  const { width } = canvas;
  const distances = new Float32Array(STEPS);
  const ratio = (ground.far / ground.near) ** (1 / (STEPS - 1));
  for (let k = 0; k < STEPS; k++) distances[k] = ground.near * ratio ** k;
  const heights = measureHeights(width, view, ground, distances);
  const shade = castShadows(width, view, light, ground, distances);
  const water = new Uint8Array(canvas.width * canvas.height);
  const colours = new Float32Array(STEPS * 3);
  const rows = new Float32Array(STEPS);
  const wet = new Uint8Array(STEPS);
  for (let x = 0; x < width; x++) {
    for (let k = 0; k < STEPS; k++) {
      const z = distances[k] as number;
      const h = heights[k * width + x] as number;
      wet[k] = ground.waterLevel !== null && h <= ground.waterLevel ? 1 : 0;
      const y = wet[k] ? (ground.waterLevel as number) : h;
      rows[k] = view.horizonY + ((cameraY - y) / z) * view.focal;
    }
    shadeColumn(x, width, view, light, ground, { distances, heights, shade, colours });
    paintColumn(canvas, x, { rows, colours, wet, distances, water });
  }
  return water;
}

function measureHeights(width: number, view: View, ground: Ground, distances: Float32Array): Float32Array {
  const heights = new Float32Array(STEPS * width);
  for (let k = 0; k < STEPS; k++) {
    const z = distances[k] as number;
    const pixelMetres = z / view.focal;
    const octaves = Math.max(4, Math.min(11, Math.round(Math.log2(1600 / pixelMetres) - 1.6)));
    for (let x = 0; x < width; x++) {
      heights[k * width + x] = ground.height((x - view.centreX) * pixelMetres, z, octaves);
    }
  }
  return heights;
}

type Column = {
  distances: Float32Array;
  heights: Float32Array;
  shade: Shade;
  colours: Float32Array;
};

const albedo = new Float32Array(3);

function shadeColumn(
  x: number,
  width: number,
  view: View,
  light: Light,
  ground: Ground,
  column: Column,
): void {
  const { distances, heights, colours } = column;
  const left = Math.max(0, x - 1);
  const right = Math.min(width - 1, x + 1);
  const [sx, sy, sz] = light.sun;
  const facing = (x - view.centreX) / view.focal;
  const towardsSun = Math.max(0, (facing * sx + sz) / length(facing, 1)) ** 5;
  for (let k = 0; k < STEPS; k++) {
    const z = distances[k] as number;
    const h = heights[k * width + x] as number;
    const near = Math.max(0, k - 1);
    const far = Math.min(STEPS - 1, k + 1);
    const slopeX =
      ((heights[k * width + right] as number) - (heights[k * width + left] as number)) /
      (((right - left) * z) / view.focal);
    const dz = (distances[far] as number) - (distances[near] as number);
    // Along a ray, height changes with x as well; near the centre that is little.
    const slopeZ =
      ((heights[far * width + x] as number) - (heights[near * width + x] as number)) / dz - slopeX * facing;
    const norm = 1 / Math.sqrt(slopeX * slopeX + slopeZ * slopeZ + 1);
    const direct = Math.max(0, (sy - slopeX * sx - slopeZ * sz) * norm) * column.shade.at(x, k);
    const open = 0.55 + 0.45 * norm;
    const bounce = Math.max(0, (-slopeX * -sx - slopeZ * -sz) * norm) * 0.12;
    ground.albedo(facing * z, z, h, norm, albedo);
    const kilometres = z / 1000;
    const above =
      ground.mistMetres > 0 ? Math.exp(-Math.max(0, h - (ground.waterLevel ?? 0)) / ground.mistMetres) : 0;
    const clear = Math.exp(-kilometres * light.hazePerKm * (1 + 3.2 * above));
    for (let c = 0; c < 3; c++) {
      const sunlight = (light.sunColour[c] as number) * (direct + bounce);
      const lit = (albedo[c] as number) * (sunlight + (light.ambient[c] as number) * open);
      const haze = (light.haze[c] as number) + (light.glow[c] as number) * towardsSun * 0.45;
      colours[k * 3 + c] = lit * clear + haze * (1 - clear);
    }
  }
}

type Span = {
  rows: Float32Array;
  colours: Float32Array;
  wet: Uint8Array;
  distances: Float32Array;
  water: Uint8Array;
};

function paintColumn(canvas: Canvas, x: number, { rows, colours, wet, distances, water }: Span): void {
  const { width, height } = canvas;
  for (let k = STEPS - 2; k >= 0; k--) {
    const top = rows[k + 1] as number;
    const bottom = k === 0 ? height + 1 : (rows[k] as number);
    if (bottom <= top || bottom < 0 || top > height) continue;
    const isWater = wet[k] === 1 && wet[k + 1] === 1;
    const first = Math.max(0, Math.floor(top));
    const last = Math.min(height - 1, Math.ceil(bottom) - 1);
    for (let y = first; y <= last; y++) {
      const share = Math.min(1, Math.max(0, (y + 0.5 - top) / (bottom - top)));
      const alpha = y < top ? 1 - (top - y) : 1;
      const far = (k + 1) * 3;
      const near = k * 3;
      const at = y * width + x;
      blendPixel(
        canvas,
        at,
        (colours[far] as number) * (1 - share) + (colours[near] as number) * share,
        (colours[far + 1] as number) * (1 - share) + (colours[near + 1] as number) * share,
        (colours[far + 2] as number) * (1 - share) + (colours[near + 2] as number) * share,
        alpha,
      );
      if (alpha < 0.5) continue;
      // Perspective: distance runs as 1/z down the span.
      const inverse = (1 - share) / (distances[k + 1] as number) + share / (distances[k] as number);
      canvas.depth[at] = 1 / inverse;
      water[at] = isWater ? 1 : 0;
    }
  }
}
