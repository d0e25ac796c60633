import { blendPixel, type Canvas, setPixel, type View } from "../canvas";
import { add, hex, hsl, mix, multiply, type Rgb, scale, smooth } from "../colour";
import { fractionWithin, hash, type Town } from "./town";

/** Where a ray meets a block: distances along it, metres along the face, and which way the face looks. */
export type Hit = { z: number; exit: number; u: number; sideways: boolean; tall: number };

const FLOOR_METRES = 3.7;
const WINDOW_METRES = 2.9;

export function paintFace(
  canvas: Canvas,
  view: View,
  town: Town,
  x: number,
  hit: Hit,
  cellX: number,
  cellZ: number,
  floor: number,
): number {
  const { light, cameraY } = town;
  const row = (metres: number, z: number) => view.horizonY + ((cameraY - metres) / z) * view.focal;
  const top = row(hit.tall, hit.z);
  const bottom = Math.min(floor, row(0, hit.z));
  const kind = hash(cellX * 7 + 3, cellZ * 5 + 1, town.seed + 2);
  const clear = Math.exp((-hit.z / 1000) * (light.hazePerKm + 0.11));
  const wall = wallColour(town, kind, hit.sideways, hit.sideways ? hit.u > 0 : false);
  const pixels = view.focal / hit.z;
  const detail = smooth(0.7, 2.2, (pixels * WINDOW_METRES) / 2.4);
  const sign = town.neon && hit.sideways && hash(cellX + 31, cellZ + 17, town.seed) > 0.25;
  for (let y = Math.max(0, Math.floor(top)); y < bottom && y < canvas.height; y++) {
    const metres = cameraY - ((y + 0.5 - view.horizonY) * hit.z) / view.focal;
    const colour = faceColour(town, hit, metres, wall, kind, detail, sign, cellX, cellZ);
    const alpha = Math.min(1, y + 1 - top);
    const at = y * canvas.width + x;
    const hazed = mix(town.air, colour, clear);
    blendPixel(canvas, at, hazed[0], hazed[1], hazed[2], alpha);
    canvas.depth[at] = hit.z;
  }
  const roof = row(hit.tall, hit.exit);
  if (cameraY > hit.tall && roof < top) {
    const grey = mix(town.air, scale(light.ambient, 0.16 + 0.1 * kind), clear);
    for (let y = Math.max(0, Math.floor(roof)); y < Math.min(top, floor); y++) {
      setPixel(canvas, y * canvas.width + x, grey);
      canvas.depth[y * canvas.width + x] = hit.exit;
    }
    return Math.min(floor, roof);
  }
  return Math.min(floor, top);
}

function wallColour(town: Town, kind: number, sideways: boolean, right: boolean): Rgb {
  const { light } = town;
  const stone = town.old
    ? mix(hex("#a85f3e"), hex("#dcae82"), kind)
    : mix(hex("#6a6460"), kind > 0.5 ? hex("#3a4654") : hex("#7a6654"), Math.abs(kind * 2 - 1));
  const [sx, , sz] = light.sun;
  const facing = sideways ? (right ? -sx : sx) : -sz;
  const sun = Math.max(0, facing) * 0.9;
  const sky = sideways ? 0.34 : 0.42;
  // By day the street throws light back at its walls.
  const [bounce, open] = town.lit < 0.3 ? [0.14, sky + 0.3] : [0, sky];
  return multiply(stone, add(scale(light.sunColour, sun + bounce), scale(light.ambient, open)));
}

const LAMPS = [hex("#ffc27a"), hex("#ffd9a8"), hex("#ffb35c"), hex("#cfe2ff"), hex("#ffe9cf")];

function faceColour(
  town: Town,
  hit: Hit,
  metres: number,
  wall: Rgb,
  kind: number,
  detail: number,
  sign: boolean,
  cellX: number,
  cellZ: number,
): Rgb {
  const along = hit.u / WINDOW_METRES;
  const up = metres / FLOOR_METRES;
  const column = Math.floor(along);
  const storey = Math.floor(up);
  const fu = along - column;
  const fv = up - storey;
  const chance = hash(column * 3 + cellX, storey * 5 + cellZ, town.seed + 4);
  const group = hash(storey + cellX * 13, cellZ, town.seed + 6);
  const isLit = chance < town.lit * (0.5 + group) ? 1 : 0;
  const [low, high] = town.old ? [0.36, 0.64] : kind > 0.5 ? [0.08, 0.92] : [0.2, 0.8];
  const isPane =
    fu > low && fu < high && fv > (town.old ? 0.42 : 0.22) && fv < (town.old ? 0.74 : 0.86) ? 1 : 0;
  const lamp = LAMPS[Math.floor(chance * 997) % LAMPS.length] as Rgb;
  const glass = mix(scale(wall, 0.4), town.light.horizon, kind > 0.5 ? 0.34 : 0.16);
  const share = (high - low) * 0.64;
  const power = 0.3 + 0.8 * hash(column, storey, town.seed + 8);
  const near = isPane ? (isLit ? scale(lamp, power) : glass) : wall;
  const average = mix(wall, mix(glass, scale(lamp, 0.9), town.lit * (0.5 + group)), share);
  let colour = mix(average, near, detail);
  if (!town.old && metres < 5 && town.lit > 0.2 && detail > 0.2) {
    const shop = hash(Math.floor(hit.u / 9), cellX * 3 + cellZ, town.seed + 11);
    const inside = fractionWithin(hit.u / 9, 0.08, 0.92) * (metres > 0.5 && metres < 4.2 ? 1 : 0);
    const tone: Rgb = town.neon ? hsl(shop * 360, 0.75, 0.55) : mix(hex("#ffbf73"), hex("#ffe2b8"), shop);
    colour = mix(colour, scale(tone, 0.85), inside * (shop > 0.45 ? 0.85 : 0.06));
  }
  if (sign) {
    const slot = Math.floor(hit.u / 6.5);
    const pick = hash(slot, cellX * 7 + cellZ, town.seed + 12);
    const tallness = 4 + pick * 16;
    const from = 6 + hash(slot, cellZ, town.seed + 13) * 26;
    if (
      pick > 0.42 &&
      metres > from &&
      metres < from + tallness &&
      fractionWithin(hit.u / 6.5, 0.3, 0.62) > 0
    ) {
      const hue = (hash(slot, 3, town.seed + 14) > 0.5 ? 318 : 188) + 46 * (pick - 0.5);
      const glyph =
        hash(Math.floor(metres * 1.6), Math.floor(hit.u * 2.4), town.seed + slot) > 0.42 ? 1 : 0.35;
      colour = scale(hsl(hue, 1, 0.56), 2.3 * glyph);
    }
  }
  // Streets are darker at their foot by day, lighter by night.
  const foot = Math.exp(-metres / 14);
  const lampLight: Rgb = town.neon ? [0.1, 0.02, 0.1] : [0.12, 0.07, 0.03];
  return town.lit > 0.3
    ? [colour[0] + lampLight[0] * foot, colour[1] + lampLight[1] * foot, colour[2] + lampLight[2] * foot]
    : scale(colour, 1 - 0.35 * foot);
}
