import { demuxing } from "./ask-ffprobe";
import type { Identity } from "./identify";
import { damaged } from "./media-error";
import { runFfmpeg } from "./run-ffmpeg";

export const SOUND_RATE_HZ = 8_000;
/** Longer than anything that is taken: a bomb of silence ends here. */
const MOST_SECONDS = 4 * 3600;

/**
 * Decodes a sound stream as players do, going on behind what is broken, and returns its length in seconds.
 * `onSamples` gets mono PCM, 16 bit, at SOUND_RATE_HZ. Throws MediaError `invalid` where nothing can be heard.
 */
export async function decodeSound(
  path: string,
  { stream, ...identity }: Identity & { stream: number },
  options: { onSamples?: (pcm: Buffer) => void; signal?: AbortSignal } = {},
): Promise<number> {
  // A layout that ffmpeg has no name for cannot be mixed down; its first channel stands for all.
  const seconds = (await decode(["-ac", "1"])) || (await decode(["-af", "pan=mono|c0=c0"]));
  if (seconds > 0) return seconds;
  throw damaged("audio", undefined, "There is no sound in this file that can be decoded.");

  async function decode(mix: string[]): Promise<number> {
    let bytes = 0;
    const { formats, options: demuxer } = demuxing(identity);
    await runFfmpeg({
      inputs: [{ path, formats, options: [...demuxer, "-err_detect", "ignore_err"] }],
      outputs: [
        {
          options: [
            ...["-map", `0:${stream}`, "-vn", ...mix, "-ar", String(SOUND_RATE_HZ)],
            ...["-t", String(MOST_SECONDS), "-f", "s16le"],
          ],
        },
      ],
      ...{ kind: "audio", lenient: true, untrusted: true, timeLimitSeconds: 300, signal: options.signal },
      onStdout: (pcm) => {
        bytes += pcm.length;
        options.onSamples?.(pcm);
      },
    });
    return bytes / 2 / SOUND_RATE_HZ;
  }
}
