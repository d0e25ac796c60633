import { runFfmpeg } from "./run-ffmpeg";

const SHORT_SIDE_PIXELS = 480;
const LENGTH_SECONDS = 6;

/**
 * Writes a small muted film for hover-to-play: H.264, at most 480 pixels on its shorter side, at most 6 seconds,
 * playable from its first bytes. Throws MediaError.
 */
export async function makePreview(
  path: string,
  outPath: string,
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const scale = `min(${SHORT_SIDE_PIXELS}/min(iw\\,ih)\\,1)`;
  await runFfmpeg({
    inputs: [{ path }],
    outputs: [
      {
        path: outPath,
        options: [
          ...["-map", "0:v:0", "-an", "-sn", "-dn", "-t", String(LENGTH_SECONDS), "-map_metadata", "-1"],
          ...[
            "-vf",
            `scale=trunc(iw*${scale}/2)*2:trunc(ih*${scale}/2)*2:flags=bicubic,setsar=1,format=yuv420p`,
          ],
          ...[
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "28",
            "-maxrate",
            "1200k",
            "-bufsize",
            "2400k",
          ],
          ...["-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
    timeLimitSeconds: 120,
    signal: options.signal,
  });
}
