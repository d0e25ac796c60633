import type { Readable } from "node:stream";

export type StoredFile = { bytes: number; mime: string };

export type SignOptions = {
  /** How long the URL works at least; its end is rounded up so that it stays the same, and cacheable, for a while. */
  seconds?: number;
  /** Makes the browser save the file under this name. */
  downloadAs?: string;
  /** Works for whoever has it: a provider has no session. Links to a bucket always do. */
  forProvider?: boolean;
};

/** A file that arrives in parts, in any order, over any time. All parts but the last have `partBytes`. */
export type PartedUpload = { key: string; handle: string; bytes: number; partBytes: number };

/** A part that a browser sent straight to the bucket, with the bucket's receipt. Parts are numbered from 1. */
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
  /** A URL that expires, works in <img> and <video> and seeks; on disk for members of the file's workspace. */
  signedUrl(key: string, options?: SignOptions): Promise<string>;
  openUpload(key: string, file: { bytes: number; mime: string }): Promise<PartedUpload>;
  /** Takes one part in, once or again. One that breaks off, or has another length, is as if it had never begun. */
  putPart(upload: PartedUpload, number: number, body: Readable): Promise<void>;
  /** The parts that have arrived whole. Throws `not_found` once the upload was ended. */
  listParts(upload: PartedUpload): Promise<number[]>;
  /** Signed URLs by which a browser sends parts itself; null where all of them come through us. */
  signParts(upload: PartedUpload, numbers: number[]): Promise<Record<number, string> | null>;
  /** Joins the parts. `sent` helps stores that cannot list them. Throws `bad_input` while some are missing. */
  finishUpload(upload: PartedUpload, sent: UploadPart[]): Promise<void>;
  abortUpload(upload: Pick<PartedUpload, "key" | "handle">): Promise<void>;
  /** Every key under a prefix, for reconciling and backup. */
  list(prefix: string): AsyncIterable<StoredKey>;
  /** Removes what interrupted puts, and parts of uploads, left behind before a moment each; how many there were. */
  sweepUnfinished(before: { puts: Date; uploads: Date }): Promise<number>;
  /** Writes, reads and deletes a small file; throws with the reason when that fails. */
  check(): Promise<void>;
};

export type StoredKey = { key: string; bytes: number; modifiedAt: Date };
