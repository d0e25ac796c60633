import type { Readable } from "node:stream";

export type StoredFile = { bytes: number; mime: string };

export type SignOptions = {
  /** How long the URL works at least; its end is rounded up so that it stays the same, and cacheable, for a while. */
  seconds?: number;
  /** Makes the browser save the file under this name. */
  downloadAs?: string;
};

/** How a browser sends its bytes: to our own streaming route, or in parts straight to the bucket. */
export type UploadPlan =
  | { mode: "stream" }
  | { mode: "multipart"; handle: string; partBytes: number; partUrls: string[] };

export type UploadPart = { number: number; etag: string };

/** The one door to media: a folder on disk or an S3 bucket. Keys look like `ws_…/job_…/asset_….png`. */
export type Storage = {
  kind: "disk" | "s3";
  /** Streams a file in; an interrupted put leaves nothing under the key. */
  put(key: string, body: Readable | Buffer | { path: string }, mime: string): Promise<{ bytes: number }>;
  /** Streams a file out, whole or a range of bytes (inclusive). Throws `not_found`. */
  get(key: string, range?: { start: number; end?: number }): Promise<StoredFile & { stream: Readable }>;
  head(key: string): Promise<StoredFile | null>;
  /** The same bytes under a second key, without sending them through this process. Throws `not_found`. */
  copy(from: string, to: string, mime: string): Promise<void>;
  /** Keys that do not exist are no error. */
  delete(keys: string[]): Promise<void>;
  /** Where the file lies on this machine, for reading only; undefined when it lies elsewhere. */
  localPath(key: string): string | undefined;
  /** A short-lived URL that works in <img> and <video> and seeks. */
  signedUrl(key: string, options?: SignOptions): Promise<string>;
  planUpload(key: string, file: { bytes: number; mime: string }): Promise<UploadPlan>;
  /** Joins the parts of a multipart upload; without `parts` those that the bucket lists. */
  finishUpload(key: string, handle: string, parts: UploadPart[]): Promise<void>;
  abortUpload(key: string, handle: string): Promise<void>;
  /** Every key under a prefix, for reconciling and backup. */
  list(prefix: string): AsyncIterable<StoredKey>;
  /** Removes what interrupted puts and uploads left behind before a moment; how many there were. */
  sweepUnfinished(before: Date): Promise<number>;
  /** Writes, reads and deletes a small file; throws with the reason when that fails. */
  check(): Promise<void>;
};

export type StoredKey = { key: string; bytes: number; modifiedAt: Date };
