import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { choosePartBytes } from "../parts";
import type { PartedUpload } from "../storage";

/** S3 takes no part under 5 MB but the last. */
const PART_BYTES = 8 * 1024 * 1024;

export type Bucket = { client: S3Client; signer: S3Client; name: string };

/** Opens a multipart upload. */
export async function openMultipart(
  bucket: Bucket,
  key: string,
  file: { bytes: number; mime: string },
): Promise<PartedUpload> {
  const command = new CreateMultipartUploadCommand({
    Bucket: bucket.name,
    Key: key,
    ContentType: file.mime,
  });
  const { UploadId: handle } = await bucket.client.send(command);
  if (!handle) throw new AppError("storage_failed", "The media store opened an upload without naming it.");
  return { key, handle, bytes: file.bytes, partBytes: choosePartBytes(file.bytes, PART_BYTES) };
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
