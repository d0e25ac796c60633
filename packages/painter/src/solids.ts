import { length, type Rgb } from "./colour";

/** How a surface takes light. `gloss` 0 chalk – 1 mirror. */
export type Material = { albedo: Rgb; gloss: number; metal?: boolean; glow?: Rgb; marble?: boolean };

/**
 * A solid by its distance function (Inigo Quilez, "Distance functions"). Sizes are metres; `turn` is about the upright
 * axis, in radians. Solids with `blend` melt into the ones before them.
 */
export type Solid = {
  kind: "ball" | "drum" | "box" | "ring" | "rod" | "cone";
  at: readonly [number, number, number];
  /** ball: radii; drum: radius, half height; box: half sizes; ring: radius, thickness; rod: end offset; cone: low, high radius, half height. */
  size: readonly [number, number, number];
  round?: number;
  turn?: number;
  blend?: number;
  material: Material;
};

type Packed = Solid & { cos: number; sin: number; bound: number; index: number };

export type Scene = {
  /** Keeps for `distance` only what a ray passes within a margin, or what is around a point. Returns how many. */
  chooseAlong(
    eye: readonly [number, number, number],
    ray: readonly [number, number, number],
    margin: number,
  ): number;
  chooseAround(point: readonly [number, number, number], within: number): number;
  /** Distance to the nearest of the chosen surfaces; its index is left in `nearest`. */
  distance(x: number, y: number, z: number): number;
  nearest(): number;
  solids: Solid[];
  centre: readonly [number, number, number];
  /** Radius of a ball around everything. */
  reach: number;
};

export function buildScene(solids: Solid[]): Scene {
  const packed: Packed[] = solids.map((s, index) => ({
    index,
    ...s,
    cos: Math.cos(s.turn ?? 0),
    sin: Math.sin(s.turn ?? 0),
    bound: boundOf(s),
  }));
  const { centre, reach } = ballAround(packed);
  const chosen: Packed[] = [...packed];
  let count = packed.length;
  let last = 0;
  return {
    ...{ solids, centre, reach },
    nearest: () => last,
    chooseAlong(eye, ray, margin) {
      count = 0;
      for (let i = 0; i < packed.length; i++) {
        const s = packed[i] as Packed;
        const dx = s.at[0] - eye[0];
        const dy = s.at[1] - eye[1];
        const dz = s.at[2] - eye[2];
        const middle = dx * ray[0] + dy * ray[1] + dz * ray[2];
        const wide = s.bound + margin + (s.blend ?? 0);
        if (middle < -wide) continue;
        if (dx * dx + dy * dy + dz * dz - middle * middle < wide * wide) chosen[count++] = s;
      }
      return count;
    },
    chooseAround(point, within) {
      count = 0;
      for (let i = 0; i < packed.length; i++) {
        const s = packed[i] as Packed;
        const dx = s.at[0] - point[0];
        const dy = s.at[1] - point[1];
        const dz = s.at[2] - point[2];
        const wide = s.bound + within + (s.blend ?? 0);
        if (dx * dx + dy * dy + dz * dz < wide * wide) chosen[count++] = s;
      }
      return count;
    },
    distance(x, y, z) {
      let best = 1e9;
      let index = 0;
      for (let i = 0; i < count; i++) {
        const s = chosen[i] as Packed;
        const dx = x - s.at[0];
        const dy = y - s.at[1];
        const dz = z - s.at[2];
        const rough = Math.sqrt(dx * dx + dy * dy + dz * dz) - s.bound;
        const blend = s.blend ?? 0;
        if (rough > best + 0.02 && rough > blend) continue;
        const d = solidDistance(s, dx * s.cos - dz * s.sin, dy, dx * s.sin + dz * s.cos);
        const nearer = d < best;
        if (blend > 0) {
          const h = Math.max(blend - Math.abs(best - d), 0) / blend;
          best = Math.min(best, d) - h * h * blend * 0.25;
        } else if (nearer) best = d;
        if (nearer) index = s.index;
      }
      last = index;
      return best;
    },
  };
}

/** A ball around the box around everything. */
function ballAround(solids: Packed[]): Pick<Scene, "centre" | "reach"> {
  const across = (axis: 0 | 1 | 2) => {
    const low = Math.min(9, ...solids.map((s) => s.at[axis] - s.bound));
    const high = Math.max(-9, ...solids.map((s) => s.at[axis] + s.bound));
    return { middle: (low + high) / 2, half: (high - low) / 2 };
  };
  const [x, y, z] = [across(0), across(1), across(2)];
  return { centre: [x.middle, y.middle, z.middle], reach: Math.hypot(x.half, y.half, z.half) };
}

function boundOf({ kind, size, round = 0 }: Solid): number {
  const [a, b, c] = size;
  if (kind === "ball") return Math.max(a, b, c);
  if (kind === "drum") return length(a, b) + round;
  if (kind === "cone") return length(Math.max(a, b), c) + round;
  if (kind === "ring") return a + b;
  return length(a, b, c) + round;
}

function solidDistance(s: Packed, x: number, y: number, z: number): number {
  const [a, b, c] = s.size;
  const round = s.round ?? 0;
  switch (s.kind) {
    case "ball": {
      if (a === b && b === c) return Math.sqrt(x * x + y * y + z * z) - a;
      const k0 = length(x / a, y / b, z / c);
      const k1 = length(x / (a * a), y / (b * b), z / (c * c));
      return k1 > 0 ? (k0 * (k0 - 1)) / k1 : -Math.min(a, b, c);
    }
    case "drum": {
      const dx = Math.sqrt(x * x + z * z) - a + round;
      const dy = Math.abs(y) - b + round;
      return Math.min(Math.max(dx, dy), 0) + length(Math.max(dx, 0), Math.max(dy, 0)) - round;
    }
    case "box": {
      const dx = Math.abs(x) - a + round;
      const dy = Math.abs(y) - b + round;
      const dz = Math.abs(z) - c + round;
      const outside = length(Math.max(dx, 0), Math.max(dy, 0), Math.max(dz, 0));
      return Math.min(Math.max(dx, dy, dz), 0) + outside - round;
    }
    case "ring":
      return length(Math.sqrt(x * x + y * y) - a, z) - b;
    case "rod": {
      const long = a * a + b * b + c * c;
      const t = Math.min(1, Math.max(0, (x * a + y * b + z * c) / long));
      return length(x - a * t, y - b * t, z - c * t) - round;
    }
    case "cone": {
      const t = Math.min(1, Math.max(0, (y + c) / (2 * c)));
      const radius = a + (b - a) * t;
      const slope = 1 / Math.sqrt(1 + ((a - b) / (2 * c)) ** 2);
      return Math.max((Math.sqrt(x * x + z * z) - radius) * slope, Math.abs(y) - c) - round;
    }
  }
}
