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

const NOUN = { picture: "picture", video: "film", audio: "recording" };

/** A file that is not what its first bytes promise, in the words of its kind. */
export function damaged(kind: "picture" | "video" | "audio", cause?: unknown, what?: string): MediaError {
  const action = {
    picture: "Open it in a picture editor, save it again, and upload that.",
    video: "Check that it plays, export it again as MP4 (H.264), and upload that.",
    audio: "Check that it plays, export it again as MP3 or WAV, and upload that.",
  };
  return new MediaError("invalid", what ?? `This ${NOUN[kind]} is damaged or incomplete.`, action[kind], {
    cause,
  });
}
