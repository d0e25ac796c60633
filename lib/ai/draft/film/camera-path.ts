import type { Motion, Move } from "./read-motion";

/**
 * Where the camera is at one moment. Shares of the frame: `x`, `y` turn the camera (everything moves alike), `truckX`,
 * `truckY` move it (near things move more); `zoom` enlarges, `dolly` brings near things closer; `roll` in radians.
 */
export type Pose = {
  x: number;
  y: number;
  truckX: number;
  truckY: number;
  zoom: number;
  dolly: number;
  roll: number;
};

type Path = (t: number, seconds: number) => Partial<Pose>;

/** Even speed with a soft start and stop over a sixth of the time each. */
function ease(t: number): number {
  const ramp = 1 / 6;
  const speed = 1 / (1 - ramp);
  if (t < ramp) return (speed * t * t) / (2 * ramp);
  if (t > 1 - ramp) return 1 - (speed * (1 - t) * (1 - t)) / (2 * ramp);
  return speed * (t - ramp / 2);
}

const centred = (t: number) => ease(t) - 0.5;

const PATHS: Record<Move["kind"], Path> = {
  "push in": (t) => ({ zoom: 0.085 * ease(t), dolly: 0.1 * ease(t) }),
  "pull out": (t) => ({ zoom: 0.085 * (1 - ease(t)), dolly: 0.1 * (1 - ease(t)) }),
  "pan left": (t) => ({ x: -0.15 * centred(t) }),
  "pan right": (t) => ({ x: 0.15 * centred(t) }),
  "tilt up": (t) => ({ y: -0.13 * centred(t) }),
  "tilt down": (t) => ({ y: 0.13 * centred(t) }),
  "truck left": (t) => ({ truckX: -0.12 * centred(t) }),
  "truck right": (t) => ({ truckX: 0.12 * centred(t) }),
  rise: (t) => ({ truckY: -0.09 * centred(t), y: -0.03 * centred(t) }),
  sink: (t) => ({ truckY: 0.09 * centred(t), y: 0.03 * centred(t) }),
  "orbit left": (t) => ({
    truckX: -0.12 * centred(t),
    x: 0.055 * centred(t),
  }),
  "orbit right": (t) => ({
    truckX: 0.12 * centred(t),
    x: -0.055 * centred(t),
  }),
  roll: (t) => ({ roll: 0.09 * centred(t), zoom: 0.03 }),
  handheld: (t, s) => ({
    x: 0.0042 * (Math.sin(t * s * 2.3) + 0.6 * Math.sin(t * s * 5.1 + 1)),
    y: 0.0048 * (Math.sin(t * s * 1.9 + 2) + 0.5 * Math.sin(t * s * 4.3)),
    roll: 0.0035 * Math.sin(t * s * 1.7 + 0.5),
    zoom: 0.015 * t,
  }),
  drift: (t, s) => ({
    truckX: 0.03 * Math.sin(t * s * 0.7),
    truckY: 0.022 * Math.sin(t * s * 0.93 + 1),
    zoom: 0.03 * ease(t),
  }),
  hold: (t) => ({ zoom: 0.012 * ease(t) }),
};

/** The poses of all frames, in order. Longer films move farther, within limits. */
export function planCamera(motion: Motion, seconds: number, frames: number): Pose[] {
  const reach = Math.min(1.5, Math.max(0.6, (seconds / 5) ** 0.6));
  return Array.from({ length: frames }, (_, frame) => {
    const t = frames > 1 ? frame / (frames - 1) : 0;
    const pose: Pose = { x: 0, y: 0, truckX: 0, truckY: 0, zoom: 0, dolly: 0, roll: 0 };
    for (const { kind, amount } of motion.moves) {
      const part = PATHS[kind](t, seconds);
      const by = kind === "handheld" ? amount : amount * reach;
      for (const key of Object.keys(part) as (keyof Pose)[]) pose[key] += (part[key] ?? 0) * by;
    }
    return pose;
  });
}
