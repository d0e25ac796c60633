import { ffmpegFeatures, findProgram, isBundled, MediaError, runProgram } from "@/lib/media";
import type { Finding } from "./check";

/** What Kinora asks of an ffmpeg, and what it can do without. */
const NEEDED = {
  encoders: ["libx264", "aac"],
  filters: ["drawtext", "zoompan", "overlay", "loudnorm", "subtitles", "lut3d", "setparams"],
};
const INSTALL: Partial<Record<NodeJS.Platform, string>> = {
  darwin: "brew install ffmpeg",
  win32: "winget install Gyan.FFmpeg",
  linux: "sudo apt install ffmpeg (or dnf, pacman, apk)",
};

export async function checkFfmpeg(): Promise<Finding> {
  const { path, version, encoders, filters } = await ffmpegFeatures();
  const missing = [
    ...NEEDED.encoders.filter((name) => !encoders.has(name)),
    ...NEEDED.filters.filter((name) => !filters.has(name)),
  ];
  const extra = filters.has("xfade") ? "with xfade" : "without xfade (crossfades take another way)";
  const detail = `${version} (${await locate(path)}), ${encoders.size} encoders, ${filters.size} filters, ${extra}.`;
  if (missing.length > 0) {
    const mend = "Install your system's ffmpeg, or unset FFMPEG_BIN.";
    return { state: "fail", detail: `${detail} It lacks ${missing.join(", ")}.`, mend };
  }
  return (await warnOfBundled("ffmpeg", detail)) ?? { state: "ok", detail };
}

export async function checkFfprobe(): Promise<Finding> {
  const detail = await locate(await findProgram("ffprobe"));
  return (await warnOfBundled("ffprobe", detail)) ?? { state: "ok", detail };
}

/** The program in use in a few words, and how to come by a newer one where it is the old one that came along. */
export async function summariseFfmpeg(): Promise<{ detail: string; mend?: string }> {
  const features = await ffmpegFeatures().catch((thrown: unknown) => {
    if (thrown instanceof MediaError) return thrown;
    throw thrown;
  });
  // The studio starts without one: its pages and the doctor say what does not work then.
  if (features instanceof MediaError) return { detail: features.message, mend: features.action };
  const { path, version } = features;
  const detail = `${version} (${await locate(path)})`;
  const found = (await warnOfBundled("ffmpeg", detail)) ?? (await warnOfBundled("ffprobe", detail));
  return found ?? { detail };
}

/** It decodes what strangers send, years behind the fixes of its decoders. */
async function warnOfBundled(name: "ffmpeg" | "ffprobe", detail: string): Promise<Finding | null> {
  if (!(await isBundled(name))) return null;
  const install = INSTALL[process.platform] ?? "your system's package manager";
  return {
    state: "warn",
    detail: `${detail.replace(/\.?$/, ".")} This ${name} came along with npm and is years old: uploads are decoded under tight limits.`,
    mend: `Install a current one, and it is used from the next start: ${install}`,
  };
}

/** Where a program on PATH lies. */
async function locate(name: string): Promise<string> {
  if (/[\\/]/.test(name)) return name;
  const [command, ...args] =
    process.platform === "win32" ? ["where", name] : ["/bin/sh", "-c", 'command -v "$0"', name];
  const { stdout } = await runProgram(command, args, { timeLimitSeconds: 10 });
  return stdout.toString("utf8").split(/\r?\n/)[0] || name;
}
