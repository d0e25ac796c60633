import { join } from "node:path";
import { AppError, isErrno } from "@/lib/errors";
import { ffmpegFeatures, MediaError, measurePalette } from "@/lib/media";
import type { AnalyseImage, AnimateImage, GenerateImage, Order, Outputs } from "../capability";
import type { BeginContext, Provider } from "../provider";
import { animatePicture } from "./film/animate-picture";
import { drawPicture } from "./picture/draw-picture";
import { seedFrom } from "./picture/random";
import { describeMeasures } from "./vision/describe";
import { measure } from "./vision/measure";

/** The built-in engine: everything on this machine, free, the same for the same seed, and always labelled draft. */
export const draft: Provider = {
  id: "draft",
  label: "Draft",
  afterLostAnswer: "repeat",
  configured: () => true,
  async begin(order, context) {
    try {
      return { state: "succeeded", outputs: await make(order, context), costMicros: 0 };
    } catch (error) {
      context.signal.throwIfAborted();
      throw explain(error);
    }
  },
  // Work is done within begin: there is never an operation to look at.
  async look() {
    const error = new AppError("not_found", "The draft engine keeps no unfinished work.", {
      action: "Press Retry: it draws this again, for free.",
      provider: "draft",
    });
    return { state: "failed", error, costMicros: 0 };
  },
  async check() {
    try {
      const { version, encoders } = await ffmpegFeatures();
      if (encoders.has("libx264")) return { state: "ok", detail: `Ready, with ffmpeg ${version}.` };
      return {
        state: "warn",
        detail: `ffmpeg ${version} cannot write H.264.`,
        mend: "Install an ffmpeg with libx264, or unset FFMPEG_BIN.",
      };
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      return { state: "fail", detail: error.message, mend: error.action };
    }
  },
};

function make(order: Order, context: BeginContext): Promise<Outputs> {
  if (order.capability === "generateImage") return generate(order.input, context);
  if (order.capability === "animateImage") return animate(order.input, context);
  return analyse(order.input);
}

async function generate(input: GenerateImage, { signal }: BeginContext): Promise<Outputs> {
  const seed = input.seed ?? seedFrom(input.prompt) >>> 1;
  const files: Outputs["files"] = [];
  for (let take = 0; take < input.count; take++) {
    signal.throwIfAborted();
    const bytes = await drawPicture(input.prompt, seed + take, input.ratio);
    files.push({ from: "bytes", bytes, mime: "image/png" });
  }
  return { files, data: null, seed };
}

async function animate(input: AnimateImage, { workFolder, signal }: BeginContext): Promise<Outputs> {
  const seed = input.seed ?? seedFrom(input.prompt + input.image.sha256) >>> 1;
  const path = join(workFolder, "draft-film.mp4");
  await animatePicture(await input.image.read(), { ...input, seed }, path, signal);
  return { files: [{ from: "path", path, mime: "video/mp4" }], data: null, seed };
}

async function analyse(input: AnalyseImage): Promise<Outputs> {
  const picture = await input.image.read();
  const [measures, palette] = await Promise.all([measure(picture), measurePalette(picture)]);
  return { files: [], data: describeMeasures(measures, palette) };
}

function explain(error: unknown): unknown {
  if (error instanceof AppError || isErrno(error, "ENOSPC")) return error;
  if (error instanceof MediaError) {
    if (isErrno(error.cause, "ENOSPC")) return error.cause;
    const code = error.code === "invalid" || error.code === "too_large" ? "media_invalid" : "media_failed";
    return new AppError(code, error.message, { action: error.action, provider: "draft", cause: error });
  }
  return new AppError("media_failed", "The draft engine could not make this.", {
    action: "Check that the picture opens, or try another one.",
    provider: "draft",
    cause: error,
  });
}
