import { demuxing } from "./ask-ffprobe";
import { damaged } from "./media-error";
import { probe } from "./probe";
import type { Probe } from "./probe-result";
import { runFfmpeg } from "./run-ffmpeg";
import { sizeWithin, withShowFilters } from "./show-film";

const TIME_LIMIT_SECONDS = 60;
/** Where no frame can be decoded at a time, so much earlier is looked for one. */
const STEPS_BACK_SECONDS = [0, 1, 5, Number.POSITIVE_INFINITY];

export type FrameOptions = { mostPixels?: number; probed?: Probe; signal?: AbortSignal };

/**
 * The frame of a film nearest to `at` (seconds from the start, or `last`) as PNG bytes, as it is meant to be seen, no
 * side longer than `mostPixels`. Past the end it is the last frame. Throws MediaError `invalid` when none can be decoded.
 */
export async function readFrame(
  path: string,
  at: number | "last",
  options: FrameOptions = {},
): Promise<Buffer> {
  const probed = options.probed ?? (await probe(path, options));
  const [first, last] = [probed.firstFrameSeconds ?? 0, probed.lastFrameSeconds ?? 0];
  const half = 0.5 / (probed.fps ?? 24);
  const nearest = at === "last" ? last : Math.min(Math.max(at, first), last);
  for (const back of STEPS_BACK_SECONDS) {
    const from = Math.max(0, nearest - half - back);
    const png = await decodeOne(path, probed, from, options);
    if (png.length > 0) return png;
    if (from === 0) break;
  }
  throw damaged("video", undefined, "No frame of this film can be decoded.");
}

function decodeOne(path: string, probed: Probe, from: number, { mostPixels, signal }: FrameOptions) {
  const { formats, options: demuxer } = demuxing(probed);
  const size = sizeWithin(probed, { longSide: mostPixels });
  return withShowFilters(probed, size, "rgb24", (filters) =>
    runFfmpeg({
      inputs: [{ path, formats, options: [...demuxer, ...(from > 0 ? ["-ss", from.toFixed(6)] : [])] }],
      outputs: [
        {
          options: [
            ...["-map", `0:${probed.pictureStream}`, "-vf", filters, "-frames:v", "1"],
            ...["-c:v", "png", "-pred", "mixed", "-f", "image2pipe"],
          ],
        },
      ],
      ...{ kind: "video", lenient: true, untrusted: true, timeLimitSeconds: TIME_LIMIT_SECONDS, signal },
      maxStdoutBytes: 300 * 1024 * 1024,
    }),
  );
}
