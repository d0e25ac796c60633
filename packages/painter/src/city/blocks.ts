import type { Canvas, View } from "../canvas";
import { type Hit, paintFace } from "./facade";
import { paintStreet } from "./street";
import { type Town, towerHeight } from "./town";

/** Walks one ray through the grid of blocks, near to far, and paints what stands above all that is nearer. */
export function castColumn(
  canvas: Canvas,
  view: View,
  town: Town,
  x: number,
  water: Uint8Array,
  reflects: boolean,
): void {
  const slope = (x + 0.5 - view.centreX) / view.focal;
  const { height } = canvas;
  let floor = height;
  let z = town.front;
  let guard = 0;
  while (z < town.reach && guard++ < 420) {
    const worldX = slope * z + town.shiftX;
    const cellX = Math.floor(worldX / town.block + 0.5);
    const cellZ = Math.floor(z / town.block);
    const hit = meetBlock(town, slope, cellX, cellZ);
    if (hit && hit.z >= town.front * 0.98) floor = paintFace(canvas, view, town, x, hit, cellX, cellZ, floor);
    if (floor <= 0) break;
    // On to the next cell boundary.
    const nextZ = (cellZ + 1) * town.block;
    const edgeX = (cellX + (slope > 0 ? 0.5 : -0.5)) * town.block - town.shiftX;
    const crossZ = Math.abs(slope) > 1e-6 ? edgeX / slope : Number.POSITIVE_INFINITY;
    z = Math.max(z + 0.02, Math.min(nextZ, crossZ > z ? crossZ : nextZ) + 0.01);
  }
  paintStreet(canvas, view, town, x, slope, water, reflects);
}

function meetBlock(town: Town, slope: number, cellX: number, cellZ: number): Hit | undefined {
  const tall = towerHeight(town, cellX, cellZ);
  if (tall <= 0) return undefined;
  const x0 = (cellX - 0.5) * town.block + town.street - town.shiftX;
  const x1 = (cellX + 0.5) * town.block - town.street - town.shiftX;
  const z0 = cellZ * town.block + town.street * 0.6;
  const z1 = (cellZ + 1) * town.block - town.street * 0.6;
  const [xa, xb] =
    slope === 0 ? [-1e9, 1e9] : slope > 0 ? [x0 / slope, x1 / slope] : [x1 / slope, x0 / slope];
  if (slope === 0 && (x0 > 0 || x1 < 0)) return undefined;
  const enter = Math.max(z0, xa);
  const exit = Math.min(z1, xb);
  if (enter >= exit || exit <= 0.5) return undefined;
  const sideways = xa > z0;
  return { z: Math.max(0.5, enter), exit, sideways, tall, u: sideways ? enter : slope * enter + town.shiftX };
}
