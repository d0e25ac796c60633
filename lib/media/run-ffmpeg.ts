import type { MediaKind } from "./identify";
import { damaged, MediaError } from "./media-error";
import { findProgram, isBundled } from "./programs";
import { ProgramFailure, runProgram } from "./run-program";

/** A local file, a filter that makes its own frames (lavfi), or raw data that we write to stdin. */
export type FfmpegInput =
  | { path: string; formats?: readonly string[]; options?: string[] }
  | { filter: string; options?: string[] }
  | { data: AsyncIterable<Uint8Array> | Iterable<Uint8Array>; format: string; options?: string[] };

/** A file that is written (and replaced if it exists), or stdout when there is no path. */
export type FfmpegOutput = { path?: string; options: string[] };

export type FfmpegProgress = { frames: number; seconds: number };

export type FfmpegRun = {
  inputs: FfmpegInput[];
  outputs: FfmpegOutput[];
  /** For all outputs, as `["-filter_complex", …]`. */
  options?: string[];
  /** ffmpeg is killed after so many seconds. */
  timeLimitSeconds: number;
  signal?: AbortSignal;
  /** About twice a second. Not with an output on stdout. */
  onProgress?: (progress: FfmpegProgress) => void;
  maxStdoutBytes?: number;
  /** Gets stdout as it comes, in place of the answer. */
  onStdout?: (chunk: Buffer) => void;
  /** What the file is called when it cannot be processed. */
  kind?: MediaKind;
  /** Goes on behind what cannot be decoded, as players do; whoever asks looks at what came of it. */
  lenient?: boolean;
  /** The file is a stranger's: the bundled ffmpeg, which is years old, decodes it under tight limits. */
  untrusted?: boolean;
};

/** The only demuxers a file may be opened with: none of them opens another file or address. */
const SAFE_FORMATS = [
  "mov,mp4,m4a,3gp,3g2,mj2",
  "matroska,webm",
  "mp3",
  "aac",
  "wav",
  "flac",
  "ogg",
  "gif",
  "png_pipe",
  "jpeg_pipe",
  "webp_pipe",
] as const;

/** The only decoders that the bundled ffmpeg opens a stranger's file with: all that people send, nothing exotic. */
const PLAIN_CODECS =
  "h264,hevc,mpeg4,vp8,vp9,libdav1d,libaom-av1,av1,prores,mjpeg,png,aac,mp3,mp3float,opus,libopus,vorbis,flac,alac," +
  "pcm_u8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s32le,pcm_f32le,pcm_alaw,pcm_mulaw";

/** Options before `-i` that keep an old decoder to what is needed. None where the program is the system's own. */
export async function decoderLimits(name: "ffmpeg" | "ffprobe"): Promise<string[]> {
  return (await isBundled(name)) ? ["-codec_whitelist", PLAIN_CODECS, "-threads", "2"] : [];
}

/**
 * Runs ffmpeg on local files with an argument array, a list of allowed demuxers and protocols, and a time limit
 * that kills. Any decoding error is an error unless the run is lenient. Returns what was written to stdout.
 * Throws MediaError `failed` with ffmpeg's last words as cause, `timeout`, or the signal's reason.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<Buffer> {
  const ffmpeg = await findProgram("ffmpeg");
  const toStdout = run.outputs.some((output) => output.path === undefined);
  const follow = run.onProgress !== undefined && !toStdout;
  const confined = run.untrusted === true && (await isBundled("ffmpeg"));
  const limits = confined ? await decoderLimits("ffmpeg") : [];
  const args = [
    ...[
      "-nostdin",
      "-hide_banner",
      "-loglevel",
      "error",
      "-nostats",
      "-y",
      ...(run.lenient ? [] : ["-xerror"]),
    ],
    ...(follow ? ["-progress", "pipe:1"] : []),
    ...run.inputs.flatMap((input) => inputArguments(input, limits)),
    ...(run.options ?? []),
    ...run.outputs.flatMap(({ path, options }) => [
      ...[...options, ...(confined ? ["-threads", "2"] : [])],
      path === undefined ? "pipe:1" : `file:${path}`,
    ]),
  ];
  const piped = run.inputs.find((input) => "data" in input);
  try {
    const { stdout } = await runProgram(ffmpeg, args, {
      timeLimitSeconds: run.timeLimitSeconds,
      signal: run.signal,
      stdin: piped?.data,
      maxStdoutBytes: run.maxStdoutBytes,
      onStdout: follow && run.onProgress ? readProgress(run.onProgress) : run.onStdout,
      confined,
    });
    return stdout;
  } catch (error) {
    if (!(error instanceof ProgramFailure)) throw error;
    // A status is the decoder's verdict on what it read; a signal means that it fell over.
    const isVerdict = run.lenient && error.status !== null && !isDiskFull(error);
    if (isVerdict) return error.stdout;
    throw explainFailure(error, run.kind);
  }
}

function inputArguments(input: FfmpegInput, limits: string[]): string[] {
  const options = input.options ?? [];
  if ("filter" in input) return [...options, "-f", "lavfi", "-i", input.filter];
  if ("data" in input) return [...options, "-f", input.format, "-i", "pipe:0"];
  return [...hardening(input.formats), ...limits, ...options, "-i", `file:${input.path}`];
}

/** Options before `-i` that keep a hostile file from opening anything but itself. */
export function hardening(formats: readonly string[] = SAFE_FORMATS): string[] {
  return ["-protocol_whitelist", "file,pipe", "-format_whitelist", formats.join(",")];
}

function readProgress(report: (progress: FfmpegProgress) => void): (chunk: Buffer) => void {
  let rest = "";
  const now: FfmpegProgress = { frames: 0, seconds: 0 };
  return (chunk) => {
    const lines = (rest + chunk.toString("utf8")).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const [name, value] = line.split("=").map((part) => part.trim());
      if (name === "frame") now.frames = Number(value) || now.frames;
      // Called ms, counted in µs, by every version.
      if (name === "out_time_ms") now.seconds = Number(value) / 1e6 || now.seconds;
      if (name === "progress") report({ ...now });
    }
  };
}

/** ffmpeg's failure as a MediaError; a full disk keeps its errno on the cause. */
export function explainFailure(failure: ProgramFailure, kind?: MediaKind): MediaError {
  if (isDiskFull(failure)) {
    const cause = Object.assign(new Error(failure.message, { cause: failure }), { code: "ENOSPC" });
    return new MediaError("failed", "The disk is full.", "Free some space on the server and try again.", {
      cause,
    });
  }
  if (kind) return damaged(kind, failure);
  return new MediaError(
    "failed",
    "ffmpeg could not process this file.",
    "Check that the file plays, or convert it to MP4 (H.264) and try again.",
    { cause: failure },
  );
}

function isDiskFull({ stderrTail }: ProgramFailure): boolean {
  return /No space left on device|Disk quota exceeded/i.test(stderrTail);
}
