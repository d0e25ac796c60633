import { AppError } from "@/lib/errors";
import { MediaError, type Probe, probe } from "@/lib/media";
import "./programs";

const LEAST_PICTURE_PX = 64;
const MOST_MINUTES = { video: 15, audio: 30 };
/** 4096 × 2304: cinema 4K with some room. Above it a preview takes minutes on a small server. */
const MOST_VIDEO_PIXELS = 4096 * 2304;

/** Who sends a file: what a provider made is paid for, and held to no limit that is made for uploads. */
export type Sender = "person" | "provider";

/** Probes a file and holds it to the limits for its sender. Throws MediaError or `media_invalid`. */
export async function examineFile(path: string, sender: Sender = "person"): Promise<Probe> {
  const probed = await probe(path);
  if (sender === "provider") return probed;
  if (probed.kind === "picture") requireSize(probed, LEAST_PICTURE_PX);
  else requireLength(probed, MOST_MINUTES[probed.kind]);
  if (probed.kind === "video") requireResolution(probed);
  return probed;
}

/** Gives every error about a file the file's name. */
export async function nameErrors<T>(filename: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof MediaError) {
      const code =
        thrown.code === "invalid" || thrown.code === "too_large" ? "media_invalid" : "media_failed";
      throw new AppError(code, `${filename}: ${thrown.message}`, { action: thrown.action, cause: thrown });
    }
    if (thrown instanceof AppError && thrown.code === "media_invalid") {
      throw new AppError(thrown.code, `${filename}: ${thrown.message}`, { action: thrown.action });
    }
    throw thrown;
  }
}

function requireSize({ width, height }: Probe, least: number): void {
  if (width !== null && height !== null && Math.min(width, height) >= least) return;
  throw new AppError("media_invalid", `This picture is ${width} × ${height} pixels.`, {
    action: `Choose one with at least ${least} pixels on each side.`,
  });
}

function requireLength({ kind, durationSeconds }: Probe, mostMinutes: number): void {
  const noun = kind === "video" ? "film" : "recording";
  if (durationSeconds === null || durationSeconds <= mostMinutes * 60) return;
  throw new AppError(
    "media_invalid",
    `This ${noun} is ${Math.ceil(durationSeconds / 60)} minutes long; ${mostMinutes} is the most.`,
    { action: "Cut it shorter and upload it again." },
  );
}

function requireResolution({ width, height }: Probe): void {
  if ((width ?? 0) * (height ?? 0) <= MOST_VIDEO_PIXELS) return;
  throw new AppError("media_invalid", `This film is ${width} × ${height} pixels; 4K is the most.`, {
    action: "Export it in 4K or smaller and upload that.",
  });
}
