import { identify } from "./identify";
import { MediaError } from "./media-error";
import { findProgram } from "./programs";
import { hardening, runFfmpeg } from "./run-ffmpeg";
import { ProgramFailure, runProgram } from "./run-program";
import { demuxersOf, readStreams } from "./streams";

export type VerifiedVideo = Readonly<{ frames: number; durationSeconds: number }>;

export type VerifyOptions = {
  /** Exactly so many frames must be there. */
  frames?: number;
  /** So long must it be, ± one frame. */
  durationSeconds?: number;
  /** Decodes every frame too (seconds of CPU per minute of film) instead of only reading it to its end. */
  decode?: boolean;
  timeLimitSeconds?: number;
  signal?: AbortSignal;
};

/**
 * Reads a film to its end and compares what is there with what its container declares and with what is expected:
 * players and ffmpeg take a truncated film without a word.
 * Throws MediaError `invalid` when frames are missing or broken.
 */
export async function verifyVideo(path: string, options: VerifyOptions = {}): Promise<VerifiedVideo> {
  const { timeLimitSeconds = 120, signal } = options;
  const identity = await identify(path);
  const formats = demuxersOf(identity);
  const declared = await readStreams(path, identity, signal);
  if (declared.kind !== "video") throw incomplete("There is no film in this file.");
  const counted = await countPackets(path, formats, timeLimitSeconds, signal);
  const frameSeconds = 1 / (declared.fps ?? 24);

  if (counted.frames === 0) throw incomplete("There are no frames in this film.");
  const frames = options.frames ?? declared.frames ?? counted.frames;
  if (counted.frames !== frames) throw incomplete(`Only ${counted.frames} of ${frames} frames are there.`);
  // Timestamps need not begin at 0, and containers round: two frames of room.
  const expected = options.durationSeconds ?? declared.durationSeconds ?? counted.durationSeconds;
  if (Math.abs(counted.durationSeconds - expected) > Math.max(0.1, 2 * frameSeconds)) {
    const [is, was] = [counted.durationSeconds, expected].map((seconds) => seconds.toFixed(2));
    throw incomplete(`The film is ${is} seconds long where ${was} were expected.`);
  }
  if (options.decode) await decodeAll(path, formats, timeLimitSeconds, signal);
  return counted;
}

async function countPackets(
  path: string,
  formats: string[],
  timeLimitSeconds: number,
  signal?: AbortSignal,
): Promise<VerifiedVideo> {
  const ffprobe = await findProgram("ffprobe");
  let [frames, first, last, rest] = [0, Number.POSITIVE_INFINITY, 0, ""];
  const onStdout = (chunk: Buffer) => {
    const lines = (rest + chunk.toString("latin1")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [start = Number.NaN, length = 0] = line.split(",").map(Number);
      frames += 1;
      if (Number.isNaN(start)) continue;
      first = Math.min(first, start);
      last = Math.max(last, start + (Number.isNaN(length) ? 0 : length));
    }
  };
  const args = [
    ...["-hide_banner", "-loglevel", "error", ...hardening(formats), "-select_streams", "V:0"],
    ...["-show_entries", "packet=pts_time,duration_time", "-of", "csv=p=0", "-i", `file:${path}`],
  ];
  try {
    await runProgram(ffprobe, args, { timeLimitSeconds, signal, onStdout });
  } catch (error) {
    throw error instanceof ProgramFailure ? incomplete("This film is damaged.", error) : error;
  }
  return { frames, durationSeconds: last > first ? last - first : 0 };
}

async function decodeAll(path: string, formats: string[], timeLimitSeconds: number, signal?: AbortSignal) {
  try {
    await runFfmpeg({
      inputs: [{ path, formats, options: ["-err_detect", "explode"] }],
      outputs: [{ options: ["-map", "0:v:0", "-f", "null"] }],
      ...{ timeLimitSeconds, signal },
    });
  } catch (error) {
    throw error instanceof MediaError && error.code === "failed"
      ? incomplete("This film is damaged.", error)
      : error;
  }
}

function incomplete(message: string, cause?: unknown): MediaError {
  return new MediaError("invalid", message, "Export or upload the film again.", { cause });
}
