import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Colour, needsMapping } from "./colour";
import { MediaError } from "./media-error";
import type { Probe } from "./probe-result";
import { makeToneCube } from "./tone-cube";

export type Size = { width: number; height: number };

/** A film's size with one side shortened: none longer than `mostPixels`, or the shorter one at most `shortSide`. */
export function sizeWithin({ width, height }: Probe, most: { longSide?: number; shortSide?: number }): Size {
  if (!width || !height)
    throw new MediaError("invalid", "There is no picture in this file.", "Choose a film.");
  const { longSide = Number.POSITIVE_INFINITY, shortSide = Number.POSITIVE_INFINITY } = most;
  const share = Math.min(1, longSide / Math.max(width, height), shortSide / Math.min(width, height));
  return { width: Math.max(1, Math.round(width * share)), height: Math.max(1, Math.round(height * share)) };
}

/**
 * Runs with the filters that show a film as it is meant: its colour settled (whatever its header says), high dynamic
 * range and wide gamuts mapped to BT.709, at a size with square pixels, as 8-bit RGB for pictures or tagged BT.709
 * yuv420p for films. ffmpeg turns it upright by itself before them.
 */
export async function withShowFilters<T>(
  probed: Probe,
  size: Size,
  pixels: "rgb24" | "yuv420p",
  run: (filters: string) => Promise<T>,
): Promise<T> {
  const colour = probed.colour ?? { transfer: "sdr", primaries: "bt709", matrix: "bt709" };
  if (!needsMapping(colour))
    return run([retag(colour), scale(colour, size, pixels), finish(pixels)].join(","));
  const folder = await mkdtemp(join(tmpdir(), "kinora-work-tone-"));
  try {
    const cube = join(folder, "tone.cube");
    await writeFile(cube, makeToneCube(colour));
    const map = [`lut3d=file=${escapeTwice(cube)}:interp=tetrahedral`, "format=rgb24"];
    const out = pixels === "yuv420p" ? ["scale=out_color_matrix=bt709:out_range=tv"] : [];
    return await run(
      [retag(colour), scale(colour, size, "rgb48le"), ...map, ...out, finish(pixels)].join(","),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const TRANSFER_NAMES = { sdr: "bt709", pq: "smpte2084", hlg: "arib-std-b67" };
const PRIMARY_NAMES = { bt709: "bt709", bt2020: "bt2020", p3: "smpte432" };
const MATRIX_NAMES = {
  bt709: "bt709",
  bt601: "smpte170m",
  smpte240m: "smpte240m",
  fcc: "fcc",
  bt2020: "bt2020nc",
};

/** ffmpeg from 7.1 on refuses to convert from what a header reserves or gets wrong. */
function retag({ transfer, primaries, matrix }: Colour): string {
  const said = [`color_primaries=${PRIMARY_NAMES[primaries]}`, `color_trc=${TRANSFER_NAMES[transfer]}`];
  return `setparams=${[...said, ...(matrix ? [`colorspace=${MATRIX_NAMES[matrix]}`] : [])].join(":")}`;
}

function scale({ matrix }: Colour, { width, height }: Size, pixels: string): string {
  const from = matrix ? `:in_color_matrix=${matrix}` : "";
  const to = pixels === "yuv420p" ? ":out_color_matrix=bt709:out_range=tv" : "";
  return `scale=${width}:${height}:flags=bicubic${from}${to},setsar=1,format=${pixels}`;
}

function finish(pixels: "rgb24" | "yuv420p"): string {
  const tags = "setparams=color_primaries=bt709:color_trc=bt709";
  return pixels === "yuv420p" ? `format=yuv420p,${tags}:colorspace=bt709` : "format=rgb24";
}

/** A path within a filter within a graph: once for each level. */
function escapeTwice(path: string): string {
  const once = path.replace(/[\\':]/g, "\\$&");
  return once.replace(/[\\'[\],;]/g, "\\$&");
}
