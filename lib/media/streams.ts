import { z } from "zod";
import type { Identity } from "./identify";
import { MediaError } from "./media-error";
import type { Probe } from "./probe";
import { findProgram } from "./programs";
import { hardening } from "./run-ffmpeg";
import { ProgramFailure, runProgram } from "./run-program";

/** 8K UHD with some room: 7680 × 4320 is 33 megapixels. */
const MAX_FRAME_PIXELS = 36e6;
const TIME_LIMIT_SECONDS = 30;

const Stream = z.object({
  codec_type: z.string(),
  codec_name: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  duration: z.coerce.number().optional(),
  avg_frame_rate: z.string().optional(),
  nb_frames: z.coerce.number().optional(),
  sample_rate: z.coerce.number().optional(),
  channels: z.number().optional(),
  pix_fmt: z.string().optional(),
  disposition: z.object({ attached_pic: z.number().optional() }).optional(),
  tags: z.object({ rotate: z.coerce.number().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});
type Stream = z.infer<typeof Stream>;
const Answer = z.object({
  streams: z.array(Stream).default([]),
  format: z.object({ duration: z.coerce.number().optional() }).default({}),
});

const DEMUXERS: Record<string, string> = {
  mp4: "mov,mp4,m4a,3gp,3g2,mj2",
  m4a: "mov,mp4,m4a,3gp,3g2,mj2",
  mov: "mov,mp4,m4a,3gp,3g2,mj2",
  webm: "matroska,webm",
  mp3: "mp3",
  wav: "wav",
  flac: "flac",
  ogg: "ogg",
};

/** The one demuxer that a file of this identity may be opened with. */
export function demuxersOf(identity: Identity): string[] {
  return (DEMUXERS[identity.extension] ?? "").split(",");
}

export async function readStreams(path: string, identity: Identity, signal?: AbortSignal): Promise<Probe> {
  const { streams, format } = await ask(path, identity, signal);
  const film = streams.find((s) => s.codec_type === "video" && s.disposition?.attached_pic !== 1);
  const sound = streams.find((s) => s.codec_type === "audio");
  if (!film && !sound) throw damaged("There is neither picture nor sound in this file.");
  if (film && !(film.width && film.height)) throw damaged("The picture in this film cannot be read.");
  const [width, height] = film ? upright(film) : [null, null];
  if (width && height && width * height > MAX_FRAME_PIXELS) {
    throw new MediaError(
      "too_large",
      `This film is ${width} × ${height}, which is more than 8K.`,
      "Make it smaller and upload it again.",
    );
  }
  return {
    ...asHeld(identity, film !== undefined),
    ...{
      width,
      height,
      hasAudio: sound !== undefined,
      hasAlpha: /^(yuva|rgba|bgra)/.test(film?.pix_fmt ?? ""),
    },
    durationSeconds: positive(film?.duration) ?? positive(format.duration) ?? positive(sound?.duration),
    fps: parseRate(film?.avg_frame_rate),
    frames: positive(film?.nb_frames),
    videoCodec: film?.codec_name ?? null,
    audioCodec: sound?.codec_name ?? null,
    sampleRateHz: sound?.sample_rate ?? null,
    channels: sound?.channels ?? null,
  };
}

async function ask(path: string, identity: Identity, signal?: AbortSignal): Promise<z.infer<typeof Answer>> {
  const ffprobe = await findProgram("ffprobe");
  const args = [
    ...["-hide_banner", "-loglevel", "error", "-print_format", "json", "-show_format", "-show_streams"],
    ...hardening(demuxersOf(identity)),
    ...["-i", `file:${path}`],
  ];
  try {
    const { stdout } = await runProgram(ffprobe, args, { timeLimitSeconds: TIME_LIMIT_SECONDS, signal });
    return Answer.parse(JSON.parse(stdout.toString("utf8")));
  } catch (error) {
    if (error instanceof ProgramFailure || error instanceof z.ZodError || error instanceof SyntaxError) {
      throw damaged("This file is damaged or incomplete.", error);
    }
    throw error;
  }
}

/** A video container that holds sound only is sound, and the other way round. */
function asHeld(identity: Identity, hasFilm: boolean): Identity {
  if (hasFilm)
    return identity.kind === "audio" ? { ...identity, kind: "video", mime: "video/mp4" } : identity;
  if (identity.kind === "audio") return identity;
  return { ...identity, kind: "audio", mime: identity.extension === "webm" ? "audio/webm" : "audio/mp4" };
}

function upright(film: Stream): [number, number] {
  const { width = 0, height = 0 } = film;
  const turned = film.side_data_list?.find((data) => data.rotation !== undefined)?.rotation;
  const degrees = Math.abs(turned ?? film.tags?.rotate ?? 0) % 180;
  return degrees === 90 ? [height, width] : [width, height];
}

function parseRate(rate: string | undefined): number | null {
  const [top = 0, bottom = 1] = (rate ?? "").split("/").map(Number);
  return positive(top / bottom);
}

function positive(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) && value > 0 ? value : null;
}

function damaged(message: string, cause?: unknown): MediaError {
  return new MediaError("invalid", message, "Check that it plays, export it again, and upload that.", {
    cause,
  });
}
