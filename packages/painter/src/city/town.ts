import type { Rgb } from "../colour";
import type { Light } from "../light";

export type Town = {
  light: Light;
  /** Colour of the town's light on the air. */
  glow: Rgb;
  /** What things fade into far away: haze with the town's own light in it. */
  air: Rgb;
  /** How far blocks are built, in metres. */
  reach: number;
  seed: number;
  block: number;
  /** Half the width of the streets. */
  street: number;
  /** Where the first row of buildings stands. */
  front: number;
  tallest: number;
  cameraY: number;
  /** How many windows are lit, 0–1. */
  lit: number;
  neon: boolean;
  /** Low earthen houses along a lane, as around a market. */
  old: boolean;
  shiftX: number;
};

export function towerHeight(town: Town, cellX: number, cellZ: number): number {
  const chance = hash(cellX, cellZ, town.seed);
  const centre = town.front > 100 ? (town.front + 700) / town.block : 14;
  const away = Math.hypot(cellX - town.shiftX / town.block, (cellZ - centre) * 0.6) / 11;
  const downtown = town.front < 100 ? 0.75 : Math.exp(-away * away);
  if (town.old) return 6 + 6 * chance;
  if (chance > 0.965 && town.front > 100) return 0;
  const spire = hash(cellZ, cellX, town.seed + 9) ** 3;
  return 14 + town.tallest * downtown * (0.16 + 0.5 * chance * chance + 0.5 * spire) + 18 * chance;
}

/** 1 where the fraction of a value lies between two bounds, else 0. */
export function fractionWithin(value: number, low: number, high: number): number {
  const f = value - Math.floor(value);
  return f > low && f < high ? 1 : 0;
}

/** A number from 0 to 1 that is always the same for the same place. */
export function hash(a: number, b: number, seed: number): number {
  let h = Math.imul(a | 0, 0x27d4eb2d) ^ Math.imul(b | 0, 0x165667b1) ^ seed;
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4_294_967_296;
}
