import { MediaError } from "./media-error";
import { openPicture } from "./picture";
import { runFfmpeg } from "./run-ffmpeg";

const TIME_LIMIT_SECONDS = 60;

/**
 * Writes one frame of a film as a picture, upright, in the format of `outPath` (png, jpg, webp).
 * `at` is in seconds from the start, or `last` for the final frame. Throws MediaError `invalid` past the end.
 */
export async function extractFrame(
  path: string,
  at: number | "last",
  outPath: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const picture = await openPicture(await readFrame(path, at, options));
  await picture.toFile(outPath);
}

/** One frame of a film as PNG bytes, no side longer than `mostPixels`. */
export async function readFrame(
  path: string,
  at: number | "last",
  { mostPixels, signal }: { mostPixels?: number; signal?: AbortSignal } = {},
): Promise<Buffer> {
  const side = (length: string) => `'min(${length},${mostPixels})'`;
  const filters = [
    ...(at === "last" ? ["reverse"] : []),
    ...(mostPixels ? [`scale=${side("iw")}:${side("ih")}:force_original_aspect_ratio=decrease`] : []),
  ];
  const png = await runFfmpeg({
    inputs: [{ path, options: at === "last" ? ["-sseof", "-1"] : ["-ss", Math.max(0, at).toFixed(6)] }],
    outputs: [
      {
        options: [
          ...["-map", "0:v:0", ...(filters.length > 0 ? ["-vf", filters.join(",")] : []), "-frames:v", "1"],
          ...["-c:v", "png", "-pred", "mixed", "-f", "image2pipe"],
        ],
      },
    ],
    timeLimitSeconds: TIME_LIMIT_SECONDS,
    maxStdoutBytes: 300 * 1024 * 1024,
    signal,
  });
  if (png.length > 0) return png;
  throw new MediaError(
    "invalid",
    at === "last" ? "This film has no last frame." : `This film has no frame at ${at.toFixed(2)} seconds.`,
    "Choose a time within the film.",
  );
}
