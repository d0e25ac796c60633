import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import type { Storage } from "../storage";

/** Two parts of 8 MB in flight: 16–24 MB of memory however large the file. 10,000 parts make 80 GB. */
const PART_BYTES = 8 * 1024 * 1024;
const PARTS_IN_FLIGHT = 2;

/** An object never changes under its key, so whoever may see it may keep it. */
export const CACHE_CONTROL = "private, max-age=31536000, immutable";

type Body = Parameters<Storage["put"]>[1];

/** Sends a body of any length in parts; one that breaks off leaves no object and no parts. */
export async function putObject(client: S3Client, bucket: string, key: string, body: Body, mime: string) {
  const source = Buffer.isBuffer(body) || body instanceof Readable ? body : createReadStream(body.path);
  const counted = countBytes(source);
  const upload = new Upload({
    client,
    params: {
      Bucket: bucket,
      Key: key,
      Body: Buffer.isBuffer(source) ? source : Readable.from(counted.chunks(), { objectMode: false }),
      ContentType: mime,
      CacheControl: CACHE_CONTROL,
    },
    partSize: PART_BYTES,
    queueSize: PARTS_IN_FLIGHT,
  });
  try {
    await upload.done();
  } catch (thrown) {
    // What broke at the sending side is the reason; what the bucket says about it is not.
    throw counted.broken() ?? thrown;
  } finally {
    if (!Buffer.isBuffer(source)) source.destroy();
  }
  return { bytes: Buffer.isBuffer(source) ? source.length : counted.bytes() };
}

function countBytes(source: AsyncIterable<Buffer> | Buffer) {
  let bytes = 0;
  let broken: unknown;
  return {
    bytes: () => bytes,
    broken: () => broken,
    async *chunks() {
      try {
        for await (const chunk of source as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          yield chunk;
        }
      } catch (thrown) {
        broken = thrown;
        throw thrown;
      }
    },
  };
}
