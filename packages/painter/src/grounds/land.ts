import { hex, type Rgb } from "../colour";
import type { Noise } from "../noise";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";

/** Land as functions of world metres; the camera stands at x = z = 0 and looks along z. */
export type Ground = {
  height(x: number, z: number, octaves: number): number;
  /** Writes the albedo at a point; `up` is the y part of its normal. */
  albedo(x: number, z: number, height: number, up: number, out: Float32Array): void;
  waterLevel: number | null;
  near: number;
  far: number;
  /** Metres over which mist thins out above the lowest ground; 0 for none. */
  mistMetres: number;
};

/** Land of a kind, with the camera height that suits it and the trees that grow there. */
export type Land = Ground & {
  cameraAbove: number;
  /** Row of the horizon as a share of the picture's height. */
  horizon: number;
  /** Share of the land under trees, 0–1, and their kind. */
  trees: { share: number; kind: "conifer" | "broadleaf" | "palm" | "cactus" };
  waterKind: "lake" | "sea";
  /** Metres from the camera within which no trees grow. */
  clearTo: number;
  /** Strength of near ground texture. */
  grain: number;
};

export type Maker = (brief: Brief, noise: Noise, random: Random) => Land;

export const BASE = {
  clearTo: 0,
  near: 3,
  far: 26_000,
  mistMetres: 0,
  waterLevel: null,
  grain: 0.45,
} as const;

export const snowColour = hex("#f1f5fb");

/** Writes a mixture of two albedos. */
export function writeMix(out: Float32Array, a: Rgb, b: Rgb, share: number): void {
  out[0] = a[0] + (b[0] - a[0]) * share;
  out[1] = a[1] + (b[1] - a[1]) * share;
  out[2] = a[2] + (b[2] - a[2]) * share;
}

/** Covers a share of what is written already with another albedo. */
export function writeOver(out: Float32Array, colour: Rgb, share: number): void {
  for (let c = 0; c < 3; c++) {
    const under = out[c] as number;
    out[c] = under + ((colour[c] as number) - under) * share;
  }
}
