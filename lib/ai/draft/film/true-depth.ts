import { fillHoles } from "./fill-holes";
import { type Nearness, smoothGrid, spreadNear } from "./nearness";

/** How near each pixel of a picture is, 0 far – 1 near. */
export type PixelNearness = { width: number; height: number; values: Float32Array };

/** Nearness from true depth in metres, for a film of another shape cropped at the centre. */
export function measureNearness(
  picture: { width: number; height: number; depth: Float32Array },
  aspect: number,
): PixelNearness {
  const width = Math.round(Math.min(picture.width, picture.height * aspect));
  const height = Math.round(Math.min(picture.height, width / aspect));
  const left = (picture.width - width) >> 1;
  const top = (picture.height - height) >> 1;
  const values = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      values[y * width + x] =
        1 / Math.max(0.5, picture.depth[(top + y) * picture.width + left + x] as number);
    }
  }
  // What is nearer than all but a twelfth of the picture counts as nearest.
  const sample = values.filter((_, at) => at % 61 === 0).sort();
  const nearest = Math.max(1e-9, sample[Math.floor(sample.length * 0.92)] as number);
  for (let at = 0; at < values.length; at++) {
    values[at] = Math.min(1, (values[at] as number) / nearest) ** 0.6;
  }
  return { width, height, values };
}

const BINS = 40;
/** A step in nearness that would bend visibly, were it filmed as one surface. */
const EDGE = 0.08;

/**
 * The nearness at which a picture comes apart best into what stands in front and what is behind: the one that most of
 * its outlines step across. Undefined where it is all one surface.
 */
export function findCut({ width, height, values }: PixelNearness): number | undefined {
  const steps = new Float64Array(BINS);
  const count = (a: number, b: number) => {
    const step = Math.abs(a - b);
    if (step < EDGE) return;
    const last = Math.ceil(Math.max(a, b) * BINS) - 1;
    for (let bin = Math.floor(Math.min(a, b) * BINS) + 1; bin <= last; bin++) {
      steps[bin] = (steps[bin] as number) + step;
    }
  };
  for (let y = 2; y < height; y += 2) {
    for (let x = 2; x < width; x += 2) {
      const here = values[y * width + x] as number;
      count(here, values[y * width + x - 2] as number);
      count(here, values[(y - 2) * width + x] as number);
    }
  }
  const most = Math.max(...steps);
  if (most < width * 0.02) return undefined;
  return steps.indexOf(most) / BINS;
}

/** Nearness of the pixels on one side of a cut, on a coarse grid; where there are none, that of their neighbours. */
export function gridNearness(
  { width, height, values }: PixelNearness,
  belongs: (nearness: number) => boolean,
): Nearness {
  const columns = 128;
  const rows = Math.max(16, Math.round((columns * height) / width));
  const sums = new Float32Array(columns * rows);
  const counts = new Float32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height) * columns;
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x] as number;
      if (!belongs(value)) continue;
      const at = row + Math.floor((x * columns) / width);
      sums[at] = (sums[at] as number) + value;
      counts[at] = (counts[at] as number) + 1;
    }
  }
  const grid = sums.map((sum, at) => (counts[at] ? sum / (counts[at] as number) : 0));
  fillHoles(grid, columns, rows, counts);
  // What stands in front of others of its layer keeps one depth out to beyond its outline.
  spreadNear(grid, columns, rows, 3);
  smoothGrid(grid, columns, rows, 4);
  return { columns, rows, values: grid };
}
