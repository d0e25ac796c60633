import { ALIASES, ENV_NAMES } from "@/lib/env";

/** Tests see none of this machine's configuration: no database of its own, and above all no key that costs money. */
const KEPT = ["NODE_ENV", "LOG_LEVEL", "FFMPEG_BIN", "FFPROBE_BIN", "FFMPEG_PATH", "FFPROBE_PATH"];

for (const name of [...ENV_NAMES, ...Object.values(ALIASES).flat()]) {
  if (!KEPT.includes(name)) delete process.env[name];
}
process.env.LOG_LEVEL ||= "fatal";
