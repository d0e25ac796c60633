import type { AssetView } from "@/lib/assets/schema";
import { type Sending, sendBytes } from "./send-bytes";
import { type SentPart, sendParts } from "./send-parts";
import { connectionLost, readError, UploadError } from "./upload-error";
import { withRetries } from "./with-retries";

export { UploadError };

export type UploadProgress = {
  /** `checking` is the server's turn: it looks at the whole file and draws its thumbnail. */
  phase: "sending" | "checking";
  sentBytes: number;
  totalBytes: number;
};

export type UploadOptions = {
  signal?: AbortSignal;
  onProgress?: (progress: UploadProgress) => void;
};

type Plan = { mode: "stream" } | { mode: "multipart"; partBytes: number; partUrls: string[] };

/**
 * Brings a file into a workspace's library: announced, sent with progress, checked. Lost connections are tried again;
 * aborting or failing leaves nothing on the server. Throws UploadError, or the signal's reason.
 */
export async function uploadFile(slug: string, file: File, options: UploadOptions = {}): Promise<AssetView> {
  const { signal, onProgress } = options;
  const uploads = `/api/w/${encodeURIComponent(slug)}/uploads`;
  const report = (phase: UploadProgress["phase"], sentBytes: number) =>
    onProgress?.({ phase, sentBytes, totalBytes: file.size });

  report("sending", 0);
  const { id, plan } = await ask<{ id: string; plan: Plan }>("POST", uploads, {
    body: { name: file.name, bytes: file.size, type: file.type },
    signal,
  });
  const upload = `${uploads}/${id}`;
  try {
    const parts = await sendFile(upload, file, plan, { signal, onSent: (bytes) => report("sending", bytes) });
    report("checking", file.size);
    return await withRetries(signal, () => ask<AssetView>("POST", upload, { body: { parts }, signal }));
  } catch (thrown) {
    // Nobody waits for this answer; what it cannot remove, the server's sweep does.
    void fetch(upload, { method: "DELETE", keepalive: true }).catch(() => undefined);
    throw thrown;
  }
}

async function sendFile(upload: string, file: File, plan: Plan, sending: Sending): Promise<SentPart[]> {
  const parts = plan.mode === "multipart" ? await sendParts(file, plan, sending) : "unreachable";
  if (parts !== "unreachable") return parts;
  // The way through the server is always open.
  await withRetries(sending.signal, () => sendBytes(upload, file, sending));
  return [];
}

async function ask<T>(
  method: string,
  url: string,
  { body, signal }: { body: unknown; signal?: AbortSignal },
) {
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  } catch (thrown) {
    if (signal?.aborted) throw signal.reason;
    throw thrown instanceof TypeError ? connectionLost() : thrown;
  }
  const text = await response.text();
  if (!response.ok) throw readError(response.status, text);
  return JSON.parse(text) as T;
}
