import { hex, length, mix, multiply, type Rgb, scale, smooth } from "../colour";
import type { Vec } from "../vector";

export const HALF_WIDTH = 3.1;
const DEEP = 4.2;
const TALL = 2.9;

/** The window in the left wall: along z and up. */
export const WINDOW = { z0: 0.2, z1: 2.6, y0: 0.75, y1: 2.45 };

export type WallHit = {
  kind: "floor" | "ceiling" | "left" | "right" | "back" | "front" | "window";
  point: Vec;
  normal: Vec;
  far: number;
};

/** Where a ray inside the room meets its walls. */
export function meetWalls(eye: Vec, ray: Vec): WallHit {
  const planes: [WallHit["kind"], number, Vec][] = [
    ["floor", ray[1] < 0 ? -eye[1] / ray[1] : 1e9, [0, 1, 0]],
    ["ceiling", ray[1] > 0 ? (TALL - eye[1]) / ray[1] : 1e9, [0, -1, 0]],
    ["left", ray[0] < 0 ? (-HALF_WIDTH - eye[0]) / ray[0] : 1e9, [1, 0, 0]],
    ["right", ray[0] > 0 ? (HALF_WIDTH - eye[0]) / ray[0] : 1e9, [-1, 0, 0]],
    ["back", ray[2] > 0 ? (DEEP - eye[2]) / ray[2] : 1e9, [0, 0, -1]],
    ["front", ray[2] < 0 ? (-5.4 - eye[2]) / ray[2] : 1e9, [0, 0, 1]],
  ];
  let best = planes[0] as (typeof planes)[number];
  for (const plane of planes) if (plane[1] < best[1]) best = plane;
  const far = best[1];
  const point: Vec = [eye[0] + ray[0] * far, eye[1] + ray[1] * far, eye[2] + ray[2] * far];
  const inWindow =
    best[0] === "left" &&
    point[2] > WINDOW.z0 &&
    point[2] < WINDOW.z1 &&
    point[1] > WINDOW.y0 &&
    point[1] < WINDOW.y1;
  return { kind: inWindow ? "window" : best[0], point, normal: best[2], far };
}

/** 1 on the bars between the panes, else 0. */
export function barsAt(point: Vec): number {
  const across = Math.abs((((point[2] - WINDOW.z0) / 0.8) % 1) - 0.5);
  const up = Math.abs((((point[1] - WINDOW.y0) / 0.85) % 1) - 0.5);
  return Math.max(smooth(0.44, 0.46, across), smooth(0.44, 0.46, up));
}

/** How much less light reaches corners. */
export function cornerShade(point: Vec): number {
  const toWall = Math.min(HALF_WIDTH - Math.abs(point[0]), DEEP - point[2]);
  const toFloor = Math.min(point[1], TALL - point[1]);
  return (0.68 + 0.32 * smooth(0, 0.6, toWall)) * (0.74 + 0.26 * smooth(0, 0.45, toFloor + 0.02));
}

/** Albedo of walls, floor and what hangs or lies on them. */
export function surfaceColour(kind: WallHit["kind"], point: Vec, wall: Rgb, wood: Rgb, side: number): Rgb {
  if (kind === "floor") {
    const rug = length(point[0] - 0.1, (point[2] - 1.2) * 1.25);
    if (rug < 1.7) return mix(hex("#cdbfa9"), hex("#8f7f6c"), smooth(0.03, 0, Math.abs(rug - 1.5)) * 0.8);
    const plank = Math.floor(point[0] / 0.19);
    const chance = Math.abs(Math.sin(plank * 91.7) * 43.7) % 1;
    const gap = smooth(0.035, 0.012, Math.abs((point[0] / 0.19) % 1));
    const grain = 0.9 + 0.1 * Math.sin(point[2] * 3.1 + chance * 40 + Math.sin(point[0] * 60) * 0.6);
    return scale(wood, (0.7 + 0.4 * chance) * grain * (1 - 0.5 * gap));
  }
  if (kind === "ceiling") return hex("#e9e5dd");
  if (point[1] < 0.13) return hex("#ece7dd");
  if (kind === "back") {
    const u = point[0] * side;
    const frame = Math.max(Math.abs(u - 0.75) / 0.52, Math.abs(point[1] - 1.78) / 0.4);
    if (frame < 1) {
      if (frame > 0.93) return hex("#2a241f");
      if (frame > 0.74) return hex("#f2eee6");
      const hill = 1.72 + 0.09 * Math.sin(u * 7) + 0.05 * Math.sin(u * 17 + 1);
      return point[1] < hill ? multiply(wall, [0.35, 0.5, 0.5]) : mix(wall, hex("#f0b27a"), 0.6);
    }
  }
  return wall;
}
