import { rm, stat } from "node:fs/promises";
import { demuxing } from "./ask-ffprobe";
import { damaged } from "./media-error";
import { probe } from "./probe";
import type { Probe } from "./probe-result";
import { runFfmpeg } from "./run-ffmpeg";
import { sizeWithin, withShowFilters } from "./show-film";

const SHORT_SIDE_PIXELS = 480;
const LENGTH_SECONDS = 6;
/** In place of a film that browsers do not play, more of it is shown, with its sound. */
const STAND_IN_SECONDS = 30;

type PreviewOptions = { probed?: Probe; signal?: AbortSignal };

/**
 * Writes a small film for hover-to-play: H.264 in BT.709, at most 480 pixels on its shorter side, playable from its
 * first bytes; muted and at most 6 seconds, or 30 seconds with sound where browsers do not play the film itself.
 * Throws MediaError `invalid` when nothing of it can be decoded.
 */
export async function makePreview(
  path: string,
  outPath: string,
  options: PreviewOptions = {},
): Promise<void> {
  const probed = options.probed ?? (await probe(path, options));
  const standsIn = probed.unplayableBecause !== null;
  const hasSound = standsIn && probed.soundStream !== null;
  const exact = sizeWithin(probed, { shortSide: SHORT_SIDE_PIXELS });
  const size = { width: even(exact.width), height: even(exact.height) };
  await withShowFilters(probed, size, "yuv420p", (filters) =>
    write(path, outPath, probed, options.signal, [
      ...["-map", `0:${probed.pictureStream}`, "-vf", hasSound ? filters : `${filters},setpts=PTS-STARTPTS`],
      ...["-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-maxrate", "1200k", "-bufsize", "2400k"],
      ...["-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709"],
      ...(hasSound ? ["-map", `0:${probed.soundStream}`, ...SOUND] : ["-an"]),
      ...["-t", String(standsIn ? STAND_IN_SECONDS : LENGTH_SECONDS)],
    ]),
  );
}

/** Writes a recording that browsers do not play as one that they do: AAC, the whole of it. Throws MediaError. */
export async function makeSoundPreview(
  path: string,
  outPath: string,
  options: PreviewOptions = {},
): Promise<void> {
  const probed = options.probed ?? (await probe(path, options));
  await write(path, outPath, probed, options.signal, ["-map", `0:${probed.soundStream}`, "-vn", ...SOUND]);
}

const SOUND = ["-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "44100"];

async function write(
  path: string,
  outPath: string,
  probed: Probe,
  signal: AbortSignal | undefined,
  options: string[],
) {
  const { formats, options: demuxer } = demuxing(probed);
  const file = [
    "-sn",
    "-dn",
    "-map_metadata",
    "-1",
    "-map_chapters",
    "-1",
    "-movflags",
    "+faststart",
    "-f",
    "mp4",
  ];
  await runFfmpeg({
    inputs: [{ path, formats, options: demuxer }],
    outputs: [{ path: outPath, options: [...options, ...file] }],
    ...{ kind: probed.kind, lenient: true, untrusted: true, timeLimitSeconds: 300, signal },
  });
  if (await holdsSomething(outPath)) return;
  await rm(outPath, { force: true });
  throw damaged(probed.kind, undefined, "Nothing of this file can be decoded.");
}

async function holdsSomething(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (!found || found.size === 0) return false;
  const { durationSeconds } = await probe(path);
  return durationSeconds !== null;
}

function even(pixels: number): number {
  return Math.max(2, Math.floor(pixels / 2) * 2);
}
