import { demuxing } from "./ask-ffprobe";
import { damaged, MediaError } from "./media-error";
import { probe } from "./probe";
import type { Probe } from "./probe-result";
import { runFfmpeg } from "./run-ffmpeg";

export type VerifiedVideo = Readonly<{ frames: number; durationSeconds: number }>;

export type VerifyOptions = {
  /** Exactly so many frames must be there. */
  frames?: number;
  /** So long must its picture be, ± two frames. */
  durationSeconds?: number;
  /** Decodes every frame too (seconds of CPU per minute of film) instead of only reading it to its end. */
  decode?: boolean;
  timeLimitSeconds?: number;
  signal?: AbortSignal;
};

/**
 * Measures a film and compares it with what is expected of it.
 * Throws MediaError `invalid` when frames are missing or broken.
 */
export async function verifyVideo(path: string, options: VerifyOptions = {}): Promise<VerifiedVideo> {
  const probed = await probe(path, options);
  const { frames, pictureSeconds, fps } = probed;
  if (probed.kind !== "video" || frames === null) throw incomplete("There is no film in this file.");
  const durationSeconds = pictureSeconds ?? 0;
  if (options.frames !== undefined && frames !== options.frames)
    throw incomplete(`Only ${frames} of ${options.frames} frames are there.`);
  const expected = options.durationSeconds ?? durationSeconds;
  // Timestamps need not begin at 0, and containers round: two frames of room.
  if (Math.abs(durationSeconds - expected) > Math.max(0.1, 2 / (fps ?? 24))) {
    const [is, was] = [durationSeconds, expected].map((seconds) => seconds.toFixed(2));
    throw incomplete(`The film is ${is} seconds long where ${was} were expected.`);
  }
  if (options.decode) await decodeAll(path, probed, options);
  return { frames, durationSeconds };
}

async function decodeAll(path: string, probed: Probe, { timeLimitSeconds = 120, signal }: VerifyOptions) {
  const { formats, options } = demuxing(probed);
  try {
    await runFfmpeg({
      inputs: [{ path, formats, options: [...options, "-err_detect", "explode"] }],
      outputs: [{ options: ["-map", `0:${probed.pictureStream}`, "-f", "null"] }],
      ...{ timeLimitSeconds, signal },
    });
  } catch (error) {
    throw error instanceof MediaError && error.code === "failed" ? damaged("video", error) : error;
  }
}

function incomplete(message: string): MediaError {
  return new MediaError("invalid", message, "Export or upload the film again.");
}
