import { createRandom, type Random } from "@kinora/painter";
import type { Overlay } from "./read-motion";
import { type FramePlanes, glow, puff, streak } from "./strokes";

/** Draws what floats in the air onto a frame's planes. `seconds` is the time in the film. */
export type PaintOverlay = (frame: FramePlanes, seconds: number) => void;

type Particle = { x: number; y: number; size: number; depth: number; phase: number; speed: number };

/** Makes the painters for a film; the same seed gives the same particles. */
export function createOverlays(
  kinds: Overlay[],
  seed: number,
  width: number,
  height: number,
): PaintOverlay[] {
  const random = createRandom(seed ^ 0x0e71);
  return kinds.map((kind) => MAKERS[kind](random, width, height));
}

function scatter(random: Random, count: number, sizes: [number, number]): Particle[] {
  return Array.from({ length: count }, () => {
    const depth = random.next() ** 1.6;
    return {
      ...{ x: random.next(), y: random.next(), depth, phase: random.between(0, 6.28) },
      size: sizes[0] + (sizes[1] - sizes[0]) * depth,
      speed: random.between(0.7, 1.3),
    };
  });
}

const wrap = (value: number) => value - Math.floor(value);

const MAKERS: Record<Overlay, (random: Random, width: number, height: number) => PaintOverlay> = {
  rain: (random, width, height) => {
    const drops = scatter(random, Math.round((width * height) / 1700), [0.5, 1.3]);
    return (frame, t) => {
      for (const p of drops) {
        const fall = wrap(p.y + t * (1.3 + 1.7 * p.depth) * p.speed);
        const long = 14 + 34 * p.depth;
        streak(
          frame,
          wrap(p.x - fall * 0.05) * width,
          fall * (height + long) - long,
          long,
          13 + 30 * p.depth,
        );
      }
    };
  },
  snow: (random, width, height) => {
    const flakes = scatter(random, Math.round((width * height) / 3200), [0.9, 3.4]);
    return (frame, t) => {
      for (const p of flakes) {
        const fall = wrap(p.y + t * (0.05 + 0.16 * p.depth) * p.speed);
        const sway = Math.sin(t * 0.9 * p.speed + p.phase) * (0.006 + 0.014 * p.depth);
        glow(
          frame,
          wrap(p.x + sway + t * 0.012) * width,
          fall * height * 1.04 - 8,
          p.size,
          120 + 70 * p.depth,
          0,
          0,
        );
      }
    };
  },
  dust: (random, width, height) => {
    const motes = scatter(random, Math.round((width * height) / 11_000), [0.8, 2.6]);
    return (frame, t) => {
      for (const p of motes) {
        const x = wrap(p.x + t * 0.013 * p.speed + 0.014 * Math.sin(t * 0.4 + p.phase));
        const y = wrap(p.y - t * 0.009 * p.speed + 0.012 * Math.cos(t * 0.5 + p.phase));
        const twinkle = 0.45 + 0.55 * Math.sin(t * 1.1 * p.speed + p.phase);
        glow(frame, x * width, y * height, p.size, 52 * Math.max(0, twinkle), -4, 5);
      }
    };
  },
  embers: (random, width, height) => {
    const sparks = scatter(random, 130, [0.9, 2.3]);
    return (frame, t) => {
      for (const p of sparks) {
        const rise = wrap(p.y + t * (0.09 + 0.13 * p.depth) * p.speed);
        const x = wrap(p.x + 0.03 * Math.sin(t * 1.4 * p.speed + p.phase) + 0.02 * t);
        const fade = Math.sin(Math.PI * rise) * (0.6 + 0.4 * Math.sin(t * 9 * p.speed + p.phase));
        glow(frame, x * width, (1 - rise) * height, p.size, 175 * fade, -46, 44);
      }
    };
  },
  fireflies: (random, width, height) => {
    const flies = scatter(random, 46, [1.2, 3.4]);
    return (frame, t) => {
      for (const p of flies) {
        const x =
          p.x + 0.04 * Math.sin(t * 0.5 * p.speed + p.phase) + 0.012 * Math.sin(t * 1.9 + p.phase * 2);
        const y = 0.35 + 0.6 * p.y + 0.03 * Math.cos(t * 0.7 * p.speed + p.phase);
        const pulse = Math.max(0, Math.sin(t * 1.3 * p.speed + p.phase)) ** 2;
        glow(frame, x * width, y * height, p.size, 170 * pulse, -34, 8);
      }
    };
  },
  mist: (random, width, height) => {
    const puffs = Array.from({ length: 9 }, () => ({
      ...{ x: random.next(), y: random.between(0.45, 0.85), r: random.between(0.16, 0.36) },
      speed: random.between(0.008, 0.022) * (random.chance(0.5) ? 1 : -1),
    }));
    return (frame, t) => {
      for (const p of puffs) {
        const x = wrap(p.x + t * p.speed + 0.5) * 1.5 - 0.25;
        const fade = Math.min(1, 4 * Math.min(x + 0.25, 1.25 - x));
        puff(frame, x * width, p.y * height, p.r * width, p.r * width * 0.32, 20 * Math.max(0, fade));
      }
    };
  },
  flare: (random, width, height) => {
    const x0 = random.between(0.15, 0.85);
    const y0 = random.between(-0.05, 0.25);
    return (frame, t) => {
      const breath = 0.8 + 0.2 * Math.sin(t * 0.9);
      const x = (x0 + 0.03 * t * (x0 < 0.5 ? 1 : -1)) * width;
      puff(frame, x, y0 * height, width * 0.5, width * 0.42, 26 * breath);
    };
  },
};
