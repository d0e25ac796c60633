import type { Stream } from "./ask-ffprobe";
import type { Identity } from "./identify";

/** What Chromium, Firefox and Safari play, by the ending of the container. */
const PICTURES: Record<string, string[]> = {
  mp4: ["h264", "vp9", "av1"],
  m4a: ["h264", "vp9", "av1"],
  mov: ["h264"],
  webm: ["vp8", "vp9", "av1"],
};
const SOUNDS: Record<string, string[]> = {
  mp4: ["aac", "mp3", "opus", "flac"],
  m4a: ["aac", "mp3", "opus", "flac"],
  mov: ["aac", "mp3"],
  webm: ["opus", "vorbis"],
  ogg: ["opus", "vorbis", "flac"],
  wav: ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_alaw", "pcm_mulaw"],
  mp3: ["mp3"],
  aac: ["aac"],
  flac: ["flac"],
};
const NAMES: Record<string, string> = {
  ...{ mpeg4: "MPEG-4 part 2 (DivX, Xvid)", hevc: "HEVC (H.265)", prores: "ProRes", dnxhd: "DNxHD" },
  ...{ alac: "Apple Lossless (ALAC)", ac3: "Dolby Digital (AC-3)", eac3: "Dolby Digital Plus (E-AC-3)" },
  ...{ h264: "H.264", h263: "H.263", mjpeg: "Motion JPEG", mpeg2video: "MPEG-2", vp6f: "VP6" },
  ...{ vp8: "VP8", vp9: "VP9", av1: "AV1", aac: "AAC", mp3: "MP3", opus: "Opus", flac: "FLAC" },
};
/** H.264 beyond these (10 bit, 4:2:2, 4:4:4, Extended) is for cameras and editors. */
const H264_PROFILES =
  /^(Constrained Baseline|Baseline|Main|High|Constrained High|Progressive High|Stereo High|unknown)$/;

/** Why browsers do not play a file, as a sentence; null when they do. */
export function sayUnplayable({ extension, kind }: Identity, film?: Stream, sound?: Stream): string | null {
  const noun = kind === "video" ? "film" : "recording";
  const picture = film && sayPicture(extension, film);
  if (picture) return `The picture of this film is ${picture}, which most browsers do not play.`;
  if (!sound || (SOUNDS[extension] ?? []).includes(sound.codec_name ?? "")) return null;
  return `The sound of this ${noun} is ${nameOf(sound)}, which most browsers do not play in this kind of file.`;
}

function sayPicture(extension: string, film: Stream): string | null {
  const codec = film.codec_name ?? "";
  if (!(PICTURES[extension] ?? []).includes(codec)) return nameOf(film);
  if (codec !== "h264") return null;
  const plain =
    H264_PROFILES.test(film.profile ?? "unknown") && /^(yuvj?420p|nv12)$/.test(film.pix_fmt ?? "yuv420p");
  return plain ? null : `H.264 of the profile ${film.profile ?? "?"} (${film.pix_fmt ?? "?"})`;
}

function nameOf({ codec_name: codec = "", profile }: Stream): string {
  if (codec.startsWith("pcm_")) return "uncompressed (PCM)";
  return NAMES[codec] ?? (codec || profile || "of an unknown kind").replaceAll("_", " ");
}
