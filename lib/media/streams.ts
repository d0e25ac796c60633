import { open } from "node:fs/promises";
import { type Described, describeStreams, readPackets, type Stream } from "./ask-ffprobe";
import { readColour } from "./colour";
import { decodeSound } from "./decode-sound";
import { displaySize } from "./display-size";
import type { Identity } from "./identify";
import { damaged, MediaError } from "./media-error";
import { sayUnplayable } from "./playable";
import { NOTHING_TO_PLAY, type Probe } from "./probe-result";
import { findMpegAudio, readXingSeconds } from "./signatures";
import { collectTimings, type Timing } from "./timing";
import { countMissingBytes } from "./whole";

/** 8K UHD with some room: 7680 × 4320 is 33 megapixels. */
const MAX_FRAME_PIXELS = 36e6;
/** Sound that ends so little after the picture is a codec's last block, not something to be heard. */
const TAIL_SECONDS = 0.1;

/** Measures a film or a recording. Throws MediaError `invalid` in the words of its kind, `too_large`, `timeout`. */
export async function readStreams(path: string, identity: Identity, signal?: AbortSignal): Promise<Probe> {
  const described = await describeStreams(path, identity, signal);
  const film = described.streams.find((s) => s.codec_type === "video" && s.disposition?.attached_pic !== 1);
  const sound = described.streams.find((s) => s.codec_type === "audio");
  if (!film && !sound)
    throw damaged(identity.kind, undefined, "There is neither picture nor sound in this file.");
  const held = asHeld(identity, film !== undefined);
  const missing = await countMissingBytes(path, identity);
  if (missing !== null && missing > 0) throw damaged(held.kind);
  const measured = film
    ? await measureFilm(path, { ...held, described, film, sound, missing }, signal)
    : await measureRecording(path, { ...held, described, sound }, signal);
  return {
    ...{ ...NOTHING_TO_PLAY, ...held, ...measured },
    ...{ hasAudio: sound !== undefined, hasAlpha: /^(yuva|rgba|bgra)/.test(film?.pix_fmt ?? "") },
    ...{ videoCodec: film?.codec_name ?? null, audioCodec: sound?.codec_name ?? null },
    ...{ sampleRateHz: sound?.sample_rate ?? null, channels: sound?.channels ?? null },
    ...{ pictureStream: film?.index ?? null, soundStream: sound?.index ?? null },
    unplayableBecause: sayUnplayable(held, film, sound),
  };
}

type Held = Identity & { described: Described; film?: Stream; sound?: Stream; missing?: number | null };

async function measureFilm(
  path: string,
  { described, film, sound, missing, ...held }: Held,
  signal?: AbortSignal,
) {
  if (!film) throw damaged("video");
  const { width, height } = displaySize(film);
  if (width * height === 0) throw damaged("video", undefined, "The picture in this film cannot be read.");
  if ((film.width ?? 0) * (film.height ?? 0) > MAX_FRAME_PIXELS) throw tooLarge(width, height);
  const timings = collectTimings();
  const endsAmid = await readPackets(path, held, timings.add, signal);
  const picture = timings.of(film.index);
  if (!picture) throw damaged("video", undefined, "There are no frames in this film.");
  const heard = sound ? timings.of(sound.index) : null;
  const [begin, end] = spanOf(picture, heard);
  if (missing === null && endsAmid) requireAnnounced(described, end - begin);
  const fileStart = described.format.start_time ?? begin;
  return {
    ...{ width, height, colour: readColour(film), frames: picture.frames },
    ...{ fps: rateOf(film, picture), constantRate: picture.constantRate },
    durationSeconds: round(end - begin),
    pictureSeconds: round(picture.end - picture.start),
    soundSeconds: heard && round(heard.end - heard.start),
    firstFrameSeconds: round(picture.start - fileStart),
    lastFrameSeconds: round(picture.lastStart - fileStart),
  };
}

async function measureRecording(path: string, { described, sound, ...held }: Held, signal?: AbortSignal) {
  if (!sound) throw damaged("audio");
  const seconds = await decodeSound(path, { ...held, stream: sound.index }, { signal });
  const counted = held.extension === "flac" ? described.format.duration : await readCounted(path, held);
  // Cut through a frame, or followed by junk, a recording is still one; half of one is not.
  if (counted && seconds < counted * 0.75) {
    const words = `Only ${seconds.toFixed(1)} of ${counted.toFixed(1)} seconds of this recording are there.`;
    throw damaged("audio", undefined, words);
  }
  return { width: null, height: null, durationSeconds: seconds, soundSeconds: seconds };
}

/** Seconds that the first frame of an MP3 counts. */
async function readCounted(path: string, { extension }: Identity): Promise<number | null> {
  if (extension !== "mp3") return null;
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(131_072), 0, 131_072, 0);
    const head = buffer.subarray(0, bytesRead);
    const at = findMpegAudio(head);
    return at < 0 ? null : readXingSeconds(head, at);
  } finally {
    await file.close();
  }
}

/** From the first to the last of what is seen and heard. */
function spanOf(picture: Timing, sound: Timing | null): [number, number] {
  if (!sound) return [picture.start, picture.end];
  const outlasts = sound.end > picture.end + TAIL_SECONDS;
  const precedes = sound.start < picture.start - TAIL_SECONDS;
  return [precedes ? sound.start : picture.start, outlasts ? sound.end : picture.end];
}

/** Recorded live, a WebM cannot say where it ends; cut through, with its length written into it, half of it can be told. */
function requireAnnounced({ format }: Described, seconds: number): void {
  const [start = 0, announced = 0] = [format.start_time, format.duration];
  if (seconds >= (announced - Math.max(0, start)) * 0.75 - 1) return;
  throw damaged(
    "video",
    undefined,
    `Only ${seconds.toFixed(1)} of ${announced.toFixed(1)} seconds of this film are there.`,
  );
}

/** Containers count in microseconds at best. */
function round(seconds: number): number {
  return Math.max(0, Math.round(seconds * 1e6) / 1e6);
}

/** The container's own fraction where it says what was measured. */
function rateOf(film: Stream, { fps, usualFps }: Timing): number | null {
  const [top = 0, bottom = 1] = (film.avg_frame_rate ?? "").split("/").map(Number);
  const said = top / bottom;
  if (!Number.isFinite(said) || said <= 0) return fps;
  const agrees = (measured: number | null) => measured === null || Math.abs(said / measured - 1) <= 0.01;
  return agrees(fps) || agrees(usualFps) ? said : fps;
}

/** A video container that holds sound only is sound, and the other way round. */
function asHeld(identity: Identity, hasFilm: boolean): Identity {
  if (hasFilm)
    return identity.kind === "audio" ? { ...identity, kind: "video", mime: "video/mp4" } : identity;
  if (identity.kind === "audio") return identity;
  return { ...identity, kind: "audio", mime: identity.extension === "webm" ? "audio/webm" : "audio/mp4" };
}

function tooLarge(width: number, height: number): MediaError {
  return new MediaError(
    "too_large",
    `This film is ${width} × ${height}, which is more than 8K.`,
    "Make it smaller and upload it again.",
  );
}
