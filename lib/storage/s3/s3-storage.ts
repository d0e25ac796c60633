import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import pLimit from "p-limit";
import { AppError } from "@/lib/errors";
import { downloadDisposition } from "../disposition";
import { requireKey, requirePrefix, UNKNOWN_MIME } from "../key";
import { missingFile } from "../missing";
import { signingWindow } from "../signature";
import type { Storage, StoredKey } from "../storage";
import { cdnUrl } from "./cdn";
import { connectS3 } from "./connect";
import { toS3Error } from "./errors";
import { abortMultipart, openMultipart, sweepMultiparts } from "./multipart";
import { joinParts, listArrived, putPart, signParts } from "./parts";
import { CACHE_CONTROL, putObject } from "./put";
import type { S3Settings } from "./settings";

const DELETES_IN_FLIGHT = 8;

/** Media in a bucket of S3, or of anything that speaks it. The bucket stays private: every URL is signed. */
export function s3Storage(settings: S3Settings): Storage {
  const client = connectS3(settings);
  const signer = settings.publicEndpoint ? connectS3(settings, settings.publicEndpoint) : client;
  const bucket = { client, signer, name: settings.bucket };
  const at = (key: string) => ({ Bucket: settings.bucket, Key: requireKey(key) });

  async function asking<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (thrown) {
      throw toS3Error(thrown, settings);
    }
  }

  const head: Storage["head"] = async (key) => {
    try {
      const found = await asking(() => client.send(new HeadObjectCommand(at(key))));
      return { bytes: found.ContentLength ?? 0, mime: found.ContentType ?? UNKNOWN_MIME };
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === "not_found") return null;
      throw thrown;
    }
  };

  async function* list(prefix: string): AsyncGenerator<StoredKey> {
    const pages = paginateListObjectsV2(
      { client },
      { Bucket: settings.bucket, Prefix: requirePrefix(prefix) },
    );
    while (true) {
      const page = await asking(() => pages.next());
      if (page.done) return;
      for (const { Key, Size, LastModified } of page.value.Contents ?? []) {
        if (Key) yield { key: Key, bytes: Size ?? 0, modifiedAt: LastModified ?? new Date() };
      }
    }
  }

  return {
    kind: "s3",
    head,
    list,
    localPath: () => undefined,

    put: (key, body, mime) => asking(() => putObject(client, settings.bucket, requireKey(key), body, mime)),

    get: (key, range) =>
      asking(async () => {
        const Range = range && `bytes=${range.start}-${range.end ?? ""}`;
        const found = await client.send(new GetObjectCommand({ ...at(key), Range }));
        if (!(found.Body instanceof Readable)) throw missingFile();
        const whole = Number(found.ContentRange?.split("/")[1] ?? found.ContentLength ?? 0);
        return { bytes: whole, mime: found.ContentType ?? UNKNOWN_MIME, stream: found.Body };
      }),

    copy: (from, to, mime) =>
      asking(async () => {
        const CopySource = `${settings.bucket}/${requireKey(from)}`;
        await client.send(
          new CopyObjectCommand({
            ...at(to),
            CopySource,
            MetadataDirective: "REPLACE",
            ContentType: mime,
            CacheControl: CACHE_CONTROL,
          }),
        );
      }),

    // One by one: deleting many at once needs a checksum header that several stores do not know.
    async delete(keys) {
      const limit = pLimit(DELETES_IN_FLIGHT);
      await Promise.all(
        keys.map((key) => limit(() => asking(() => client.send(new DeleteObjectCommand(at(key)))))),
      );
    },

    // Downloads come from the bucket itself: few CDNs pass the wanted file name on to it.
    async signedUrl(key, options = {}) {
      const window = signingWindow(options.seconds);
      if (settings.cdn && !options.downloadAs) return cdnUrl(settings.cdn, requireKey(key), window.endsAt);
      const ResponseContentDisposition = options.downloadAs && downloadDisposition(options.downloadAs);
      const command = new GetObjectCommand({ ...at(key), ResponseContentDisposition });
      return asking(() =>
        getSignedUrl(signer, command, { expiresIn: window.seconds, signingDate: window.beginsAt }),
      );
    },

    openUpload: (key, file) => asking(() => openMultipart(bucket, requireKey(key), file)),
    putPart: (upload, number, body) => asking(() => putPart(bucket, upload, number, body)),
    listParts: (upload) => asking(() => listArrived(bucket, upload)),
    signParts: (upload, numbers) => asking(() => signParts(bucket, upload, numbers)),
    finishUpload: (upload, sent) => asking(() => joinParts(bucket, upload, sent)),
    abortUpload: ({ key, handle }) => asking(() => abortMultipart(bucket, requireKey(key), handle)),
    sweepUnfinished: ({ uploads }) => asking(() => sweepMultiparts(bucket, uploads)),

    async check() {
      const key = `check/${randomUUID()}.txt`;
      await this.put(key, Buffer.from("kinora"), "text/plain");
      try {
        const { stream } = await this.get(key);
        for await (const chunk of stream) if (!String(chunk).startsWith("kinora")) throw missingFile();
      } finally {
        await this.delete([key]);
      }
    },
  };
}
