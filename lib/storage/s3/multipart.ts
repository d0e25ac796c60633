import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import type { UploadPart, UploadPlan } from "../storage";

const PART_BYTES = 16 * 1024 * 1024;
const PART_URL_SECONDS = 24 * 3600;

export type Bucket = { client: S3Client; signer: S3Client; name: string };

/**
 * Opens a multipart upload and signs a URL for each of its parts. The length of each part is signed as well:
 * a browser can send neither more nor other than it announced.
 */
export async function openMultipart(
  bucket: Bucket,
  key: string,
  file: { bytes: number; mime: string },
): Promise<UploadPlan> {
  const target = { Bucket: bucket.name, Key: key };
  const { UploadId } = await bucket.client.send(
    new CreateMultipartUploadCommand({ ...target, ContentType: file.mime }),
  );
  if (!UploadId) throw new AppError("storage_failed", "The media store opened an upload without naming it.");
  const count = Math.max(1, Math.ceil(file.bytes / PART_BYTES));
  const partUrls = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const ContentLength = Math.min(PART_BYTES, file.bytes - index * PART_BYTES);
      const part = new UploadPartCommand({ ...target, UploadId, PartNumber: index + 1, ContentLength });
      return getSignedUrl(bucket.signer, part, { expiresIn: PART_URL_SECONDS });
    }),
  );
  return { mode: "multipart", handle: UploadId, partBytes: PART_BYTES, partUrls };
}

export async function joinParts(
  bucket: Bucket,
  key: string,
  handle: string,
  parts: UploadPart[],
): Promise<void> {
  const target = { Bucket: bucket.name, Key: key, UploadId: handle };
  const sent = parts.length > 0 ? parts : await listParts(bucket, target);
  if (sent.length === 0) {
    throw new AppError("bad_input", "No part of this file has arrived.", { action: "Send the file again." });
  }
  const Parts = sent
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, etag }) => ({ PartNumber: number, ETag: etag }));
  await bucket.client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
}

async function listParts(
  bucket: Bucket,
  target: { Bucket: string; Key: string; UploadId: string },
): Promise<UploadPart[]> {
  const parts: UploadPart[] = [];
  let marker: string | undefined;
  do {
    const command: ListPartsCommand = new ListPartsCommand({ ...target, PartNumberMarker: marker });
    const page = await bucket.client.send(command);
    for (const { PartNumber, ETag } of page.Parts ?? []) {
      if (PartNumber && ETag) parts.push({ number: PartNumber, etag: ETag });
    }
    // Some stores name a next page after the last one; only IsTruncated is to be believed.
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (marker);
  return parts;
}

export async function abortMultipart(bucket: Bucket, key: string, handle: string): Promise<void> {
  try {
    await bucket.client.send(
      new AbortMultipartUploadCommand({ Bucket: bucket.name, Key: key, UploadId: handle }),
    );
  } catch (thrown) {
    // Some stores cannot: the bucket's lifecycle rule removes the parts then.
    const status = thrown instanceof S3ServiceException ? thrown.$metadata.httpStatusCode : undefined;
    if (status !== 405 && status !== 501) throw thrown;
    log.warn({ key }, "this media store cannot abort uploads");
  }
}

/** Ends every multipart upload that began before a moment: parts of unfinished uploads cost money, unseen. */
export async function sweepMultiparts(bucket: Bucket, before: Date): Promise<number> {
  let swept = 0;
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (marker) {
    const page: Awaited<ReturnType<typeof listOpen>> = await listOpen(bucket, marker);
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (!Key || !UploadId || !Initiated || Initiated >= before) continue;
      await abortMultipart(bucket, Key, UploadId);
      swept += 1;
    }
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
      : undefined;
  }
  return swept;
}

function listOpen(bucket: Bucket, marker: { KeyMarker?: string; UploadIdMarker?: string }) {
  return bucket.client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name, ...marker }));
}
