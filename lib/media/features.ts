import { findProgram } from "./programs";
import { runProgram } from "./run-program";

export type FfmpegFeatures = Readonly<{
  path: string;
  version: string;
  filters: ReadonlySet<string>;
  encoders: ReadonlySet<string>;
}>;

let cache: { path: string; features: Promise<FfmpegFeatures> } | undefined;

/** What this ffmpeg is and can do. Asked once per program. */
export async function ffmpegFeatures(): Promise<FfmpegFeatures> {
  const path = await findProgram("ffmpeg");
  if (cache?.path !== path) cache = { path, features: detect(path) };
  return cache.features;
}

async function detect(path: string): Promise<FfmpegFeatures> {
  const ask = async (what: string) => {
    const { stdout } = await runProgram(path, ["-hide_banner", what], { timeLimitSeconds: 20 });
    return stdout.toString("utf8");
  };
  const [version, filters, encoders] = await Promise.all([
    ask("-version"),
    ask("-filters"),
    ask("-encoders"),
  ]);
  return {
    path,
    version: /ffmpeg version (\S+)/.exec(version)?.[1] ?? "unknown",
    filters: names(filters, /^ [A-Z.]{2,3} (\S+)\s+\S*->/gm),
    encoders: names(encoders, /^ [VAS][A-Z.]{5} (\S+)/gm),
  };
}

function names(listing: string, row: RegExp): ReadonlySet<string> {
  return new Set([...listing.matchAll(row)].flatMap((match) => match[1] ?? []));
}
