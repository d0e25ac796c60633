import { createRandom } from "@kinora/painter";
import type { Ratio } from "@/lib/jobs/schema";
import { runFfmpeg, verifyVideo } from "@/lib/media";
import { type Pose, planCamera } from "./camera-path";
import { exposeLayers } from "./expose";
import type { Layer } from "./layer";
import { createOverlays } from "./overlay";
import type { Motion } from "./read-motion";
import type { FramePlanes } from "./strokes";

const FRAMES_PER_SECOND = 24;

/** About 0.9 megapixels each, whatever the shape. */
export const FILM_SIZES: Record<Ratio, readonly [width: number, height: number]> = {
  "16:9": [1280, 720],
  "9:16": [720, 1280],
  "1:1": [960, 960],
  "4:3": [1104, 828],
  "3:4": [828, 1104],
};

export type Shot = {
  /** From back to front. */
  layers: Layer[];
  motion: Motion;
  /** Brightness and cover of the draft mark, each 0–255, at the lower left. */
  mark: { width: number; height: number; luma: Uint8Array; alpha: Uint8Array };
  durationSeconds: number;
  ratio: Ratio;
  seed: number;
};

/** Films a plate to an H.264 MP4 with exactly durationSeconds × 24 frames, and checks that they are all there. */
export async function shootFilm(shot: Shot, outPath: string, signal: AbortSignal): Promise<void> {
  const [width, height] = FILM_SIZES[shot.ratio];
  const frames = Math.round(shot.durationSeconds * FRAMES_PER_SECOND);
  await runFfmpeg({
    inputs: [
      {
        data: exposeFrames(shot, width, height, frames),
        format: "rawvideo",
        options: [
          "-pixel_format",
          "yuv420p",
          "-video_size",
          `${width}x${height}`,
          "-framerate",
          String(FRAMES_PER_SECOND),
        ],
      },
    ],
    outputs: [
      {
        path: outPath,
        options: [
          ...[
            "-an",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "20",
            "-threads",
            "2",
            "-pix_fmt",
            "yuv420p",
          ],
          ...[
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-colorspace",
            "bt709",
            "-color_range",
            "tv",
          ],
          ...["-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1"],
          ...["-movflags", "+faststart", "-f", "mp4"],
        ],
      },
    ],
    timeLimitSeconds: 60 + shot.durationSeconds * 30,
    signal,
  });
  await verifyVideo(outPath, { frames, signal });
}

async function* exposeFrames(
  shot: Shot,
  width: number,
  height: number,
  frames: number,
): AsyncGenerator<Uint8Array> {
  const poses = planCamera(shot.motion, shot.durationSeconds, frames);
  const expose = exposeLayers(shot.layers, poses, width, height);
  const overlays = createOverlays(shot.motion.overlays, shot.seed, width, height);
  const grain = makeGrain(shot.seed);
  for (let frame = 0; frame < frames; frame++) {
    const bytes = new Uint8Array((width * height * 3) / 2);
    const planes: FramePlanes = {
      ...{ width, height },
      y: bytes.subarray(0, width * height),
      u: bytes.subarray(width * height, (width * height * 5) / 4),
      v: bytes.subarray((width * height * 5) / 4),
    };
    expose(planes, poses[frame] as Pose);
    for (const paint of overlays) paint(planes, frame / FRAMES_PER_SECOND);
    addGrain(planes.y, grain, frame);
    stamp(planes, shot.mark);
    yield bytes;
    // Frames are computed on the main thread: let others have their turn between them.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function makeGrain(seed: number): Int8Array {
  const random = createRandom(seed ^ 0x97a1);
  const grain = new Int8Array(131_071);
  for (let i = 0; i < grain.length; i++) grain[i] = Math.round((random.next() + random.next() - 1) * 2.6);
  return grain;
}

function addGrain(y: Uint8Array, grain: Int8Array, frame: number): void {
  let at = (frame * 48_611) % grain.length;
  for (let i = 0; i < y.length; i++) {
    const value = (y[i] as number) + (grain[at] as number);
    y[i] = value < 16 ? 16 : Math.min(value, 235);
    at = at + 1 === grain.length ? 0 : at + 1;
  }
}

function stamp(frame: FramePlanes, mark: Shot["mark"]): void {
  const margin = Math.round(frame.width * 0.022);
  const top = frame.height - mark.height - margin;
  for (let row = 0; row < mark.height; row++) {
    for (let column = 0; column < mark.width; column++) {
      const alpha = mark.alpha[row * mark.width + column] as number;
      if (alpha === 0) continue;
      const at = (top + row) * frame.width + margin + column;
      const luma = mark.luma[row * mark.width + column] as number;
      frame.y[at] = ((frame.y[at] as number) * (255 - alpha) + luma * alpha) / 255;
    }
  }
}
