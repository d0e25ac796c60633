import { type Identity, identify } from "./identify";
import { readPicture } from "./picture";
import { readStreams } from "./streams";

/** What a media file holds. Sizes are upright pixels, times are fractional seconds; null where it does not apply. */
export type Probe = Readonly<
  Identity & {
    width: number | null;
    height: number | null;
    durationSeconds: number | null;
    /** Average frames per second. */
    fps: number | null;
    /** As the container declares; `verifyVideo` counts. */
    frames: number | null;
    hasAudio: boolean;
    hasAlpha: boolean;
    videoCodec: string | null;
    audioCodec: string | null;
    sampleRateHz: number | null;
    channels: number | null;
  }
>;

/**
 * Reads a file's real nature: pictures are decoded once (so truncated ones are found), films and sound are read by
 * ffprobe with only the demuxer of their kind allowed.
 * Throws MediaError `invalid`, `too_large` (pictures above 50 megapixels, films above 8K) or `timeout`.
 */
export async function probe(path: string, options: { signal?: AbortSignal } = {}): Promise<Probe> {
  const identity = await identify(path);
  return identity.kind === "picture"
    ? readPicture(path, identity)
    : readStreams(path, identity, options.signal);
}
