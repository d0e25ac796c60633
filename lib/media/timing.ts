import type { Packet } from "./ask-ffprobe";

/** When a stream is seen or heard, on the file's own clock, in seconds. */
export type Timing = {
  start: number;
  end: number;
  /** Where the last frame begins. */
  lastStart: number;
  /** Visible ones. */
  frames: number;
  /** Measured from first to last frame; null for a single one. */
  fps: number | null;
  /** By the distance that half of all frames keep. */
  usualFps: number | null;
  /** Whether all frames last equally long, within what a container's clock can tell. */
  constantRate: boolean;
};

/** A frame more than this after the one before means a rate that varies: WebM counts in milliseconds. */
const CLOCK_SECONDS = 0.0021;
/** Timestamps beyond these are no longer kept one by one; rates are then told from these. */
const MOST_STARTS = 1_000_000;

/** Gathers packets into the timing of each stream, without those that an edit list hides. */
export function collectTimings(): { add: (packet: Packet) => void; of: (stream: number) => Timing | null } {
  const streams = new Map<number, { starts: number[]; frames: number; end: number }>();
  return {
    add({ stream, start, length, hidden }) {
      if (hidden) return;
      const known = streams.get(stream) ?? { starts: [], frames: 0, end: Number.NEGATIVE_INFINITY };
      known.frames += 1;
      known.end = Math.max(known.end, start + length);
      if (known.starts.length < MOST_STARTS) known.starts.push(start);
      streams.set(stream, known);
    },
    of(stream) {
      const known = streams.get(stream);
      return known ? measure(known.starts, known.frames, known.end) : null;
    },
  };
}

function measure(unsorted: number[], frames: number, end: number): Timing {
  const starts = Float64Array.from(unsorted).sort();
  const start = starts[0] ?? 0;
  const lastStart = starts.at(-1) ?? start;
  const spans = starts.length - 1;
  const step = spans > 0 ? (lastStart - start) / spans : 0;
  const constantRate = starts.every(
    (at, i) => Math.abs(at - (start + i * step)) <= CLOCK_SECONDS + step * 0.02,
  );
  const distances = starts
    .slice(1)
    .map((at, i) => at - (starts[i] ?? 0))
    .sort();
  const usual = distances[distances.length >> 1] ?? 0;
  // A last frame without a length lasts as long as the others.
  const last = end > lastStart ? end : lastStart + step;
  const fps = step > 0 ? 1 / step : null;
  return { start, end: last, lastStart, frames, fps, usualFps: usual > 0 ? 1 / usual : null, constantRate };
}
