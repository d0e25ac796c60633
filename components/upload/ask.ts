import { connectionLost, readError } from "./upload-error";

/** Longer than looking at the largest film takes. */
const PATIENCE_MS = 600_000;

/** Asks Kinora something in JSON. Throws UploadError, or the signal's reason. */
export async function ask<T>(method: string, url: string, signal: AbortSignal, body?: unknown): Promise<T> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method,
      headers: body === undefined ? undefined : { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.any([signal, patience]),
    });
    text = await response.text();
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    if (patience.aborted || thrown instanceof TypeError) throw connectionLost();
    throw thrown;
  }
  if (!response.ok) {
    throw readError({ status: response.status, body: text, retryAfter: response.headers.get("retry-after") });
  }
  return JSON.parse(text) as T;
}
