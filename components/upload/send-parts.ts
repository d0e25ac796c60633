import { type Sending, sendBytes } from "./send-bytes";
import { UploadError } from "./upload-error";
import { withRetries } from "./with-retries";

export type SentPart = { number: number; etag: string };

const PARTS_IN_FLIGHT = 4;

/**
 * Sends a file straight to the bucket, several parts at a time. The first goes alone: a bucket that does not let this
 * site in (it needs a CORS rule) refuses that one, and `unreachable` comes back before anything else was tried.
 * An empty list comes back where the bucket hides its ETags from the page; the server asks the bucket itself then.
 */
export async function sendParts(
  file: Blob,
  plan: { partBytes: number; partUrls: string[] },
  { signal, onSent }: Sending,
): Promise<SentPart[] | "unreachable"> {
  const failure = new AbortController();
  const either = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  const sent = new Array<number>(plan.partUrls.length).fill(0);
  const parts: SentPart[] = [];

  const sendPart = async (index: number, url: string) => {
    const bytes = file.slice(index * plan.partBytes, (index + 1) * plan.partBytes);
    const progress = (loaded: number) => {
      sent[index] = loaded;
      onSent(sent.reduce((sum, part) => sum + part, 0));
    };
    const etag = await sendBytes(url, bytes, { signal: either, onSent: progress });
    if (etag) parts.push({ number: index + 1, etag });
  };

  const [first, ...rest] = plan.partUrls.entries();
  try {
    if (first) await sendPart(...first);
  } catch (thrown) {
    if (thrown instanceof UploadError && thrown.code === "connection") return "unreachable";
    throw thrown;
  }
  const lane = async () => {
    for (let next = rest.shift(); next; next = rest.shift()) {
      const [index, url] = next;
      await withRetries(either, () => sendPart(index, url));
    }
  };
  try {
    await Promise.all(Array.from({ length: PARTS_IN_FLIGHT }, lane));
  } catch (thrown) {
    failure.abort(thrown);
    throw thrown;
  }
  return parts.length === plan.partUrls.length ? parts : [];
}
