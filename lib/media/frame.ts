import { openPicture } from "./picture";
import type { Probe } from "./probe-result";
import { readFrame } from "./read-frame";

/**
 * Writes the frame of a film nearest to `at` as a picture, in the format of `outPath` (png, jpg, webp). `at` is in
 * seconds from the start, or `last`; past the end it is the last frame. Throws MediaError `invalid`.
 */
export async function extractFrame(
  path: string,
  at: number | "last",
  outPath: string,
  options: { probed?: Probe; signal?: AbortSignal } = {},
): Promise<void> {
  const picture = await openPicture(await readFrame(path, at, options));
  await picture.toFile(outPath);
}
