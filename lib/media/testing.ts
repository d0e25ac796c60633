import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ffmpegInstaller from "@ffmpeg-installer/ffmpeg";
import ffprobeInstaller from "@ffprobe-installer/ffprobe";
import { afterAll, beforeAll } from "vitest";
import { configureMedia, type MediaPrograms } from "./programs";
import { runFfmpeg } from "./run-ffmpeg";

/** For tests: the programs that suites run with: the npm packages' always, the host's where it has some. */
export function everyFfmpeg(): [name: string, programs: MediaPrograms][] {
  const installed: MediaPrograms = { ffmpegPath: ffmpegInstaller.path, ffprobePath: ffprobeInstaller.path };
  return onPath()
    ? [
        ["the packages' ffmpeg", installed],
        ["the host's ffmpeg", {}],
      ]
    : [["the packages' ffmpeg", installed]];
}

function onPath(): boolean {
  try {
    execFileSync("ffmpeg", ["-version"], { stdio: "ignore" });
    execFileSync("ffprobe", ["-version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** For tests: a folder that goes away after the suite; returns paths inside it. */
export function testFolder(): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "kinora-media-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

/** For tests: a suite's programs, its folder, and in it a film of 3 s, 320 × 180, with sound. */
export function withTestFilm(programs: MediaPrograms): { at: (name: string) => string; film: string } {
  const at = testFolder();
  const film = at("film.mp4");
  beforeAll(async () => {
    configureMedia(programs);
    await makeFilm(film, { width: 320, height: 180, seconds: 3, sound: true });
  }, 60_000);
  return { at, film };
}

/** For tests: a film of ffmpeg's moving test picture at 24 fps, with a tone when asked. */
export async function makeFilm(
  path: string,
  film: { width: number; height: number; seconds: number; sound?: boolean; options?: string[] },
): Promise<void> {
  await runFfmpeg({
    inputs: [
      { filter: `testsrc=size=${film.width}x${film.height}:rate=24:duration=${film.seconds}` },
      ...(film.sound ? [{ filter: `sine=frequency=440:duration=${film.seconds}` }] : []),
    ],
    outputs: [
      {
        path,
        options: [
          ...["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
          ...(film.options ?? []),
        ],
      },
    ],
    timeLimitSeconds: 60,
  });
}
