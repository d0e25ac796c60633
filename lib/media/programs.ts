import { access, chmod, constants } from "node:fs/promises";
import { resolve } from "node:path";
import { MediaError } from "./media-error";
import { runProgram } from "./run-program";

export type MediaPrograms = { ffmpegPath?: string; ffprobePath?: string };
type ProgramName = "ffmpeg" | "ffprobe";

let configured: MediaPrograms = {};
let found: Partial<Record<ProgramName, Promise<string>>> = {};

/** Names the programs to use. Unnamed ones are looked for on PATH, then among the npm packages. */
export function configureMedia(programs: MediaPrograms): void {
  configured = { ...programs };
  found = {};
}

/** The path of a program that answers to `-version`. Looked for once per process. */
export function findProgram(name: ProgramName): Promise<string> {
  let path = found[name];
  if (path === undefined) {
    path = search(name);
    found[name] = path;
    // A failed search is repeated next time: the program may have been installed meanwhile.
    path.catch(() => {
      if (found[name] === path) delete found[name];
    });
  }
  return path;
}

/** Whether the program in use is the one that came along with the npm packages: years old on most systems. */
export async function isBundled(name: ProgramName): Promise<boolean> {
  const path = await findProgram(name);
  const installed = await installedPath(name).catch(() => undefined);
  return installed !== undefined && resolve(path) === resolve(installed);
}

async function search(name: ProgramName): Promise<string> {
  const named = name === "ffmpeg" ? configured.ffmpegPath : configured.ffprobePath;
  if (named !== undefined) {
    const problem = await tryProgram(named);
    if (problem === undefined) return named;
    throw missing(name, `The ${name} that is configured, ${named}, does not run.`, problem);
  }
  if ((await tryProgram(name)) === undefined) return name;
  try {
    const path = await installedPath(name);
    await makeExecutable(path);
    const problem = await tryProgram(path);
    if (problem === undefined) return path;
    throw problem;
  } catch (cause) {
    throw missing(name, `No ${name} was found: neither on PATH nor among the npm packages.`, cause);
  }
}

async function tryProgram(path: string): Promise<unknown> {
  try {
    await runProgram(path, ["-version"], { timeLimitSeconds: 20 });
    return undefined;
  } catch (error) {
    return error;
  }
}

async function installedPath(name: ProgramName): Promise<string> {
  const installer =
    name === "ffmpeg" ? await import("@ffmpeg-installer/ffmpeg") : await import("@ffprobe-installer/ffprobe");
  return installer.default.path;
}

/** Where install scripts did not run, the packages' binaries have no execute bit. */
async function makeExecutable(path: string): Promise<void> {
  try {
    await access(path, constants.X_OK);
  } catch {
    await chmod(path, 0o755);
  }
}

function missing(name: ProgramName, message: string, cause: unknown): MediaError {
  return new MediaError("failed", message, `Install ffmpeg, or set ${name.toUpperCase()}_BIN to its path.`, {
    cause,
  });
}
