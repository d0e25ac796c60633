import type { Rgb } from "./colour";
import type { Material, Scene } from "./solids";
import { along, dot, unit, type Vec } from "./vector";

/** What a set does with rays: everything that is not a solid is its own business. */
export type Set3d = {
  scene: Scene;
  camera: { eye: Vec; target: Vec; focal: number; shiftY: number };
  /** Solids are rendered over what is painted already: `behind` is for reflections only. */
  over?: boolean;
  /** Colour seen along a ray that meets no solid (walls, floor, sky), and how far it goes. */
  behind(eye: Vec, ray: Vec, bounced: boolean): { colour: Rgb; far: number };
  /** Colour of a point on a solid; `reflectFrom` looks along another ray, unless this one is a reflection already. */
  shade(hit: Hit, bounced: boolean): Rgb;
};

export type Hit = { point: Vec; normal: Vec; ray: Vec; material: Material; far: number; start: Vec };

const STEPS = 72;

/** What a ray sees. Nothing is mirrored more than once. */
export function look(
  set: Set3d,
  eye: Vec,
  ray: Vec,
  bounced: boolean,
): { colour: Rgb; far: number; index: number } {
  const far = march(set.scene, eye, ray, bounced ? 40 : STEPS);
  if (far === undefined) return { ...set.behind(eye, ray, bounced), index: -1 };
  const index = set.scene.nearest();
  const point = along(eye, ray, far);
  const normal = normalAt(set.scene, point);
  const material = set.scene.solids[index]?.material as Material;
  const start: Vec = [
    point[0] + normal[0] * 0.012,
    point[1] + normal[1] * 0.012,
    point[2] + normal[2] * 0.012,
  ];
  return { colour: set.shade({ point, normal, ray, material, far, start }, bounced), far, index };
}

/** What a mirror at a hit shows. */
export function reflectFrom(set: Set3d, hit: Hit, towards: Vec, bounced: boolean): Rgb {
  return bounced ? set.behind(hit.start, towards, true).colour : look(set, hit.start, towards, true).colour;
}

/** Walks along a ray by the distance to the nearest surface, within the ball that holds all solids. */
function march(scene: Scene, eye: Vec, ray: Vec, steps: number): number | undefined {
  const toCentre: Vec = [scene.centre[0] - eye[0], scene.centre[1] - eye[1], scene.centre[2] - eye[2]];
  const middle = dot(toCentre, ray);
  const off = dot(toCentre, toCentre) - middle * middle;
  const inside = scene.reach * scene.reach - off;
  if (inside < 0 || scene.chooseAlong(eye, ray, 0.02) === 0) return undefined;
  const half = Math.sqrt(inside);
  const end = middle + half;
  let t = Math.max(0.001, middle - half);
  for (let step = 0; step < steps && t < end; step++) {
    const d = scene.distance(eye[0] + ray[0] * t, eye[1] + ray[1] * t, eye[2] + ray[2] * t);
    if (d < 0.0012 * t) return t;
    t += d * 0.94;
  }
  return undefined;
}

/** Share of a light that reaches a point, 0–1: soft by how closely the way passes solids (Quilez, "Soft shadows"). */
export function lightReaching(scene: Scene, point: Vec, towards: Vec, softness: number, reach = 6): number {
  // Where the way does not even pass the ball around everything, nothing is in it.
  const cx = scene.centre[0] - point[0];
  const cy = scene.centre[1] - point[1];
  const cz = scene.centre[2] - point[2];
  const middle = cx * towards[0] + cy * towards[1] + cz * towards[2];
  const wide = scene.reach * 1.15;
  const half = wide * wide - (cx * cx + cy * cy + cz * cz - middle * middle);
  if (half < 0 || middle + Math.sqrt(half) < 0) return 1;
  if (scene.chooseAlong(point, towards, 0.3) === 0) return 1;
  let open = 1;
  let t = Math.max(0.03, middle - Math.sqrt(half));
  const end = Math.min(reach, middle + Math.sqrt(half));
  for (let step = 0; step < 22 && t < end; step++) {
    const d = scene.distance(point[0] + towards[0] * t, point[1] + towards[1] * t, point[2] + towards[2] * t);
    if (d < 0.002) return 0;
    open = Math.min(open, (d / t) * softness);
    t += Math.max(0.02, d * 0.9);
  }
  return open * open * (3 - 2 * open);
}

/** How open the surroundings of a point are, 0–1. */
export function openness(scene: Scene, point: Vec, normal: Vec): number {
  if (scene.chooseAround(point, 0.34) === 0) return 1;
  let shut = 0;
  for (const [step, weight] of [
    [0.05, 1],
    [0.14, 0.6],
    [0.32, 0.36],
  ] as const) {
    const d = scene.distance(
      point[0] + normal[0] * step,
      point[1] + normal[1] * step,
      point[2] + normal[2] * step,
    );
    shut += (Math.max(0, step - d) / step) * weight;
  }
  return Math.max(0, 1 - shut * 0.55);
}

function normalAt(scene: Scene, [x, y, z]: Vec): Vec {
  const e = 0.0016;
  const a = scene.distance(x + e, y - e, z - e);
  const b = scene.distance(x - e, y - e, z + e);
  const c = scene.distance(x - e, y + e, z - e);
  const d = scene.distance(x + e, y + e, z + e);
  return unit([a - b - c + d, -a - b + c + d, -a + b - c + d]);
}
