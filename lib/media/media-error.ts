/**
 * `invalid` the file is not what it must be, `failed` a program could not do its work,
 * `too_large` more pixels, frames or bytes than allowed, `timeout` it was stopped by its time limit.
 */
export type MediaErrorCode = "invalid" | "failed" | "too_large" | "timeout";

/** Thrown by everything in lib/media. `message` and `action` are safe to show; details are in `cause`. */
export class MediaError extends Error {
  override readonly name = "MediaError";

  constructor(
    readonly code: MediaErrorCode,
    message: string,
    /** What the person can do next, as a sentence. */
    readonly action: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
