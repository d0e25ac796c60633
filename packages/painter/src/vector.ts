import { length } from "./colour";

export type Vec = [number, number, number];

export const dot = (a: Vec, b: Vec): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const minus = (a: Vec, b: Vec): Vec => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const along = (from: Vec, ray: Vec, far: number): Vec => [
  from[0] + ray[0] * far,
  from[1] + ray[1] * far,
  from[2] + ray[2] * far,
];
export function unit(v: Vec): Vec {
  const long = length(v[0], v[1], v[2]) || 1;
  return [v[0] / long, v[1] / long, v[2] / long];
}
export function mirror(ray: Vec, normal: Vec): Vec {
  const twice = 2 * dot(ray, normal);
  return [ray[0] - normal[0] * twice, ray[1] - normal[1] * twice, ray[2] - normal[2] * twice];
}
