import type { UploadProgress } from "@/lib/assets/upload-schema";
import type { Line } from "./line";
import { sendBytes } from "./send-bytes";
import { fileLost, UploadError } from "./upload-error";

export type SentPart = { number: number; etag: string };

/** Parts of one file that are prepared at a time; how many travel is up to the line. */
const LANES = 6;

export type PartSending = {
  signal: AbortSignal;
  line: Line;
  /** Where Kinora itself takes the parts. */
  upload: string;
  onSent: (bytes: number) => void;
  persist: <T>(run: () => Promise<T>) => Promise<T>;
};

/** Whether the parts go straight to the bucket; unknown until one did, or could not. */
type Way = { direct: boolean | undefined };

/** Sends the parts that are not there yet. Resolves with the receipts of a bucket that shows them to this page. */
export async function sendParts(
  file: Blob,
  progress: UploadProgress,
  { signal, line, upload, onSent, persist }: PartSending,
): Promise<SentPart[]> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const way: Way = { direct: progress.urls === null ? false : undefined };
  const sent = new Map(progress.arrived.map((number) => [number, lengthOf(progress, number)]));
  const report = () => onSent([...sent.values()].reduce((sum, bytes) => sum + bytes, 0));
  const receipts: SentPart[] = [];
  const due = missing(progress);
  report();

  const sendOne = async (number: number) => {
    const bytes = await read(file, progress, number);
    const sending = {
      signal: either,
      onSent: (loaded: number) => {
        sent.set(number, loaded);
        report();
      },
    };
    const url = way.direct === false ? undefined : progress.urls?.[number];
    const etag = url ? await sendDirect(url, bytes, sending, way) : null;
    if (etag) receipts.push({ number, etag });
    if (way.direct) return;
    const headers = await digestOf(bytes);
    await sendBytes(`${upload}/parts/${number}`, bytes, { ...sending, headers });
    way.direct = false;
  };
  const lane = async () => {
    for (let number = due.shift(); number !== undefined; number = due.shift()) {
      const mine = number;
      await persist(() => line.send(either, () => sendOne(mine)));
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } catch (thrown) {
    failure.abort(thrown);
    throw thrown;
  }
  return receipts;
}

/** A bucket without a CORS rule for this page refuses the first part before it travels: then all go through Kinora. */
async function sendDirect(
  url: string,
  bytes: ArrayBuffer,
  sending: Parameters<typeof sendBytes>[2],
  way: Way,
): Promise<string | null> {
  try {
    const etag = await sendBytes(url, bytes, sending);
    way.direct = true;
    return etag;
  } catch (thrown) {
    if (!(thrown instanceof UploadError)) throw thrown;
    if (thrown.code === "connection" && way.direct === undefined) return null;
    // Its links are signed for a day: Kinora gives new ones.
    if (!thrown.temporary) throw new UploadError("stale", thrown.message, thrown.action);
    throw thrown;
  }
}

function missing({ bytes, partBytes, arrived }: UploadProgress): number[] {
  const there = new Set(arrived);
  const count = Math.max(1, Math.ceil(bytes / partBytes));
  return Array.from({ length: count }, (_, index) => index + 1).filter((number) => !there.has(number));
}

function lengthOf({ bytes, partBytes }: UploadProgress, number: number): number {
  return Math.min(partBytes, bytes - (number - 1) * partBytes);
}

async function read(file: Blob, { partBytes, bytes }: UploadProgress, number: number): Promise<ArrayBuffer> {
  const end = Math.min(bytes, number * partBytes);
  try {
    return await file.slice((number - 1) * partBytes, end).arrayBuffer();
  } catch (thrown) {
    if (thrown instanceof DOMException) throw fileLost();
    throw thrown;
  }
}

/** Browsers count hashes only for pages that came over TLS, or from this machine. */
async function digestOf(bytes: ArrayBuffer): Promise<Record<string, string>> {
  if (!crypto.subtle) return {};
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { "content-digest": `sha-256=:${btoa(String.fromCharCode(...hash))}:` };
}
