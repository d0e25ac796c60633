import { AppError, isErrno, toAppError } from "@/lib/errors";
import { ffmpegFeatures, MediaError } from "@/lib/media";
import type { Actions } from "../provider";

export const actions: Actions = {
  async prepare(order, context) {
    // With the first order: a web server that only shows what was made need not hold the brushes.
    const { make } = await import("./make");
    return async () => {
      try {
        return { state: "succeeded", outputs: await make(order, context), costMicros: 0 };
      } catch (error) {
        context.signal.throwIfAborted();
        return { state: "declined", error: toAppError(explain(error)) };
      }
    };
  },
  // Work is done when it is ordered: there is never an operation to look at.
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
