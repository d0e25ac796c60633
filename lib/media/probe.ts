import { identify } from "./identify";
import { readPicture } from "./picture";
import type { Probe } from "./probe-result";
import { readStreams } from "./streams";

/**
 * Reads a file's real nature: pictures are decoded once (so truncated ones are found), films are read to their end
 * without being decoded, recordings are decoded leniently, each with the demuxer of its kind alone.
 * Throws MediaError `invalid`, `too_large` (pictures that take too much memory, films above 8K) or `timeout`.
 */
export async function probe(path: string, options: { signal?: AbortSignal } = {}): Promise<Probe> {
  const identity = await identify(path);
  return identity.kind === "picture"
    ? readPicture(path, identity)
    : readStreams(path, identity, options.signal);
}
