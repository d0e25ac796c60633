import type { MediaKind } from "./identify";
import { explainPicture, openPicture } from "./picture";
import { probe } from "./probe";
import type { Probe } from "./probe-result";
import { readFrame } from "./read-frame";
import { drawWaveform } from "./waveform";

const SIDE_PIXELS = 640;
/** Where a film is looked at for its poster, as shares of its length: the first that is not blank. */
const POSTER_AT = [0.1, 0.35, 0.6];
/** Standard deviation of 8-bit values below which a frame is blank: a fade from black. */
const BLANK = 6;

/**
 * Writes a WebP of at most 640 × 640 pixels: the picture upright, a poster frame of a film, the waveform of sound.
 * Metadata (EXIF, GPS) is left out. Throws MediaError.
 */
export async function makeThumbnail(
  path: string,
  kind: MediaKind,
  outPath: string,
  options: { probed?: Probe; signal?: AbortSignal } = {},
): Promise<void> {
  if (kind === "audio") return drawWaveform(path, outPath, options);
  try {
    const source = kind === "picture" ? path : await readPoster(path, options);
    const picture = await openPicture(source);
    await picture
      .resize(SIDE_PIXELS, SIDE_PIXELS, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 80 })
      .toFile(outPath);
  } catch (error) {
    throw kind === "picture" ? explainPicture(error) : error;
  }
}

async function readPoster(path: string, options: { probed?: Probe; signal?: AbortSignal }): Promise<Buffer> {
  const probed = options.probed ?? (await probe(path, options));
  const [first, last] = [probed.firstFrameSeconds ?? 0, probed.lastFrameSeconds ?? 0];
  let frame: Buffer | undefined;
  for (const share of last > first ? POSTER_AT : [0]) {
    const at = first + (last - first) * share;
    frame = await readFrame(path, at, { probed, mostPixels: SIDE_PIXELS, signal: options.signal });
    const picture = await openPicture(frame);
    const { channels } = await picture.resize(64, 64, { fit: "inside" }).stats();
    if (channels.slice(0, 3).some((channel) => channel.stdev > BLANK)) return frame;
  }
  return frame ?? readFrame(path, 0, { probed, mostPixels: SIDE_PIXELS, signal: options.signal });
}
