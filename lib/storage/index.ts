import { join, resolve } from "node:path";
import { type Env, env, isPublicUrl, isReachable, publicUrl, storageKind } from "@/lib/env";
import { log } from "@/lib/log";
import { diskStorage } from "./disk/disk-storage";
import { lazyS3Storage } from "./s3/lazy-s3-storage";
import { isSigned, s3Settings } from "./s3/settings";
import type { Storage } from "./storage";

export { downloadDisposition } from "./disposition";
export { extensionOf, mimeOfKey, UNKNOWN_MIME } from "./key";
export { lengthOfPart, missingParts } from "./parts";
export { type SignedMedia, verifyMediaPath } from "./signature";
export type { PartedUpload, SignOptions, Storage, StoredFile, StoredKey, UploadPart } from "./storage";

let current: Storage | undefined;

/** The storage of this process: S3 where a bucket is configured, else the folder `media` in KINORA_HOME. */
export function storage(): Storage {
  current ??= openStorage(env());
  return current;
}

export function openStorage(e: Env): Storage {
  return storageKind(e) === "s3" ? lazyS3Storage(s3Settings(e)) : diskStorage(mediaFolder(e));
}

function mediaFolder(e: Env = env()): string {
  return resolve(join(e.KINORA_HOME, "media"));
}

/** A signed URL that works from outside, for providers; undefined while nobody outside can reach us. */
export async function externalUrl(key: string, seconds?: number): Promise<string | undefined> {
  const url = await storage().signedUrl(key, { seconds, forProvider: true });
  if (!url.startsWith("/")) return isPublicUrl(url) ? url : undefined;
  return isReachable() ? publicUrl() + url : undefined;
}

/**
 * The addresses besides our own that browsers get media from and send parts of uploads to, as far as the bucket's own
 * folder; to be named in a page's content security policy.
 */
export async function mediaSources(e: Env = env()): Promise<string[]> {
  if (storageKind(e) === "disk") return [];
  const { s3Sources } = await import("./s3/sources");
  return s3Sources(s3Settings(e)).catch((err: unknown) => {
    log.error({ err }, "links to the bucket cannot be made: check S3_REGION and S3_ENDPOINT_URL");
    return [];
  });
}

/** What works, but less safely than it could, in a sentence each. */
export function storageWarnings(e: Env = env()): string[] {
  const { cdn } = s3Settings(e);
  if (storageKind(e) === "disk" || !cdn || isSigned(cdn)) return [];
  return [
    "Media links over CDN_DOMAIN are not signed: whoever has one can open it until the file is deleted. " +
      "Set CLOUDFRONT_KEY_PAIR_ID and CLOUDFRONT_PRIVATE_KEY, or leave CDN_DOMAIN empty.",
  ];
}
