/** Why an upload does not go on, in words for the person who chose the file. */
export class UploadError extends Error {
  override readonly name = "UploadError";

  constructor(
    readonly code: string,
    message: string,
    /** What to do next, as a sentence. */
    readonly action?: string,
    /** Whether the same request may succeed later: lost connections, overload. */
    readonly temporary = false,
  ) {
    super(message);
  }
}

export function connectionLost(): UploadError {
  return new UploadError("connection", "Kinora does not answer.", "Check the network and try again.", true);
}

/** The file cannot be read any more: moved, changed, or on a disk that was taken out. */
export function fileLost(): UploadError {
  return new UploadError("file", "The file can no longer be read.", "Choose it again to go on.");
}

export type Answer = { status: number; body: string; retryAfter: string | null };

/** The error in an answer of Kinora's API; an answer of anything in between gets plain words. */
export function readError({ status, body, retryAfter }: Answer): UploadError {
  const temporary = status === 408 || status === 429 || status >= 500 || retryAfter !== null;
  const error = parseError(body);
  if (error) return new UploadError(error.code, error.message, error.action, temporary && status !== 507);
  if (status === 413) {
    return new UploadError("too_large", "The file is too large for this server.", "Choose a smaller one.");
  }
  if (temporary) return connectionLost();
  return new UploadError("internal", `The server answered ${status}.`, "Try again in a moment.");
}

function parseError(body: string): { code: string; message: string; action?: string } | null {
  try {
    const { error } = JSON.parse(body) as { error?: { code?: unknown; message?: unknown; action?: unknown } };
    if (typeof error?.code !== "string" || typeof error.message !== "string") return null;
    return {
      code: error.code,
      message: error.message,
      action: typeof error.action === "string" ? error.action : undefined,
    };
  } catch {
    // Not JSON: a proxy's own page.
    return null;
  }
}
