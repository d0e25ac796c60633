import type { Readable } from "node:stream";
import {
  CompleteMultipartUploadCommand,
  ListPartsCommand,
  type Part,
  S3ServiceException,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { lengthOfPart, requireAllParts } from "../parts";
import type { PartedUpload, UploadPart } from "../storage";
import type { Bucket } from "./multipart";

const PART_URL_SECONDS = 24 * 3600;

/** The length of each part is signed as well: a browser can send neither more nor other than it announced. */
export async function signParts(
  bucket: Bucket,
  upload: PartedUpload,
  numbers: number[],
): Promise<Record<number, string>> {
  const sign = async (number: number) => {
    const part = new UploadPartCommand({
      ...targetOf(bucket, upload),
      PartNumber: number,
      ContentLength: lengthOfPart(upload, number),
    });
    return [number, await getSignedUrl(bucket.signer, part, { expiresIn: PART_URL_SECONDS })] as const;
  };
  return Object.fromEntries(await Promise.all(numbers.map(sign)));
}

/** Passes a part on to the bucket as it comes, for browsers that cannot reach it themselves. */
export async function putPart(
  bucket: Bucket,
  upload: PartedUpload,
  number: number,
  body: Readable,
): Promise<void> {
  // Left alone, the SDK would wait for the rest of a body that broke.
  const broken = new AbortController();
  body.once("error", (thrown) => broken.abort(thrown));
  const command = new UploadPartCommand({
    ...targetOf(bucket, upload),
    PartNumber: number,
    ContentLength: lengthOfPart(upload, number),
    Body: body,
  });
  try {
    await bucket.client.send(command, { abortSignal: broken.signal });
  } catch (thrown) {
    // What broke at the sending side is the reason; what the bucket says about it is not.
    throw broken.signal.aborted ? broken.signal.reason : thrown;
  } finally {
    body.destroy();
  }
}

/** Numbers of the parts that lie in the bucket whole. */
export async function listArrived(bucket: Bucket, upload: PartedUpload): Promise<number[]> {
  return (await listParts(bucket, upload)).map(({ number }) => number);
}

/** Joins what the bucket lists and, where it cannot list, what the browser was given receipts for. */
export async function joinParts(bucket: Bucket, upload: PartedUpload, sent: UploadPart[]): Promise<void> {
  const listed = await listParts(bucket, upload);
  const known = new Map([...sent, ...listed].map(({ number, etag }) => [number, etag]));
  requireAllParts(upload, [...known.keys()]);
  const Parts = [...known]
    .toSorted(([a], [b]) => a - b)
    .map(([number, etag]) => ({ PartNumber: number, ETag: etag }));
  const command = { ...targetOf(bucket, upload), MultipartUpload: { Parts } };
  await bucket.client.send(new CompleteMultipartUploadCommand(command));
}

async function listParts(bucket: Bucket, upload: PartedUpload): Promise<UploadPart[]> {
  const parts: UploadPart[] = [];
  let marker: string | undefined;
  try {
    do {
      const command: ListPartsCommand = new ListPartsCommand({
        ...targetOf(bucket, upload),
        PartNumberMarker: marker,
      });
      const page = await bucket.client.send(command);
      parts.push(...(page.Parts ?? []).flatMap((part) => toWhole(upload, part)));
      // Some stores name a next page after the last one; only IsTruncated is to be believed.
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
    } while (marker);
  } catch (thrown) {
    if (!cannotList(thrown)) throw thrown;
  }
  return parts;
}

function toWhole(upload: PartedUpload, { PartNumber, ETag, Size }: Part): UploadPart[] {
  if (!PartNumber || !ETag) return [];
  const isWhole = Size === undefined || Size === lengthOfPart(upload, PartNumber);
  return isWhole ? [{ number: PartNumber, etag: ETag }] : [];
}

/** Small stores have no such question, or take it for one about a file; an ended upload has a name of its own. */
function cannotList(thrown: unknown): boolean {
  if (!(thrown instanceof S3ServiceException)) return false;
  return (
    ["NoSuchKey", "NotImplemented", "MethodNotAllowed"].includes(thrown.name) ||
    [405, 501].includes(thrown.$metadata.httpStatusCode ?? 0)
  );
}

function targetOf(bucket: Bucket, { key, handle }: PartedUpload) {
  return { Bucket: bucket.name, Key: key, UploadId: handle };
}
