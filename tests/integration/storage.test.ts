import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ListMultipartUploadsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import pLimit from "p-limit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import type { Storage } from "@/lib/storage";
import { diskStorage } from "@/lib/storage/disk/disk-storage";
import { connectS3 } from "@/lib/storage/s3/connect";
import { s3Storage } from "@/lib/storage/s3/s3-storage";

import { openMedia } from "../support/open-media";
import { BUCKET, findVersitygw, type S3Server, startS3rver, startVersitygw } from "../support/s3-servers";
import { describeStorage } from "../support/storage-suite";

Object.assign(env(), { AUTH_SECRET: randomBytes(32).toString("hex") });

describe("disk", () => {
  let root: string;
  let storage: Storage;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "kinora-disk-"));
    Object.assign(env(), { KINORA_HOME: root });
    storage = diskStorage(join(root, "media"));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));
  const incoming = () => join(root, "media", ".incoming");

  describeStorage("disk", {
    storage: () => storage,
    open: openMedia,
    unfinished: async () => (await readdir(incoming())).length,
  });

  it("sweeps what a crash left behind, and nothing younger", async () => {
    await writeFile(join(incoming(), "old"), "x");
    await writeFile(join(incoming(), "young"), "x");
    await utimes(join(incoming(), "old"), 1, 1);
    const hourAgo = new Date(Date.now() - 3_600_000);
    expect(await storage.sweepUnfinished({ puts: hourAgo, uploads: hourAgo })).toBe(1);
    expect(await readdir(incoming())).toEqual(["young"]);
    await rm(join(incoming(), "young"));
  });
});

describeS3("s3rver", startS3rver, { aborts: false, continuesLists: false, checksSignatures: false });

const versitygw = findVersitygw();
if (versitygw) {
  const all = { aborts: true, continuesLists: true, checksSignatures: true };
  describeS3("versitygw", () => startVersitygw(versitygw), all);
} else {
  describe.skip("versitygw was not found", () => it("checks signatures", () => undefined));
}

type Abilities = { aborts: boolean; continuesLists: boolean; checksSignatures: boolean };

function describeS3(name: string, start: () => Promise<S3Server>, abilities: Abilities): void {
  describe(name, () => {
    let server: S3Server;
    let storage: Storage;
    beforeAll(async () => {
      server = await start();
      storage = s3Storage(server.settings);
    });
    afterAll(() => server.stop());

    describeStorage(name, {
      storage: () => storage,
      open: fetch,
      unfinished: async () => {
        if (!abilities.aborts) return 0;
        const client = connectS3(server.settings);
        const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }));
        return Uploads.length;
      },
    });

    const MB = 1024 * 1024;
    const send = async (url: string | undefined, body: Buffer) => {
      const response = await fetch(url ?? "", { method: "PUT", body: new Uint8Array(body) });
      return { status: response.status, etag: response.headers.get("etag") ?? "" };
    };
    const begin = async (key: string, bytes: number) => {
      const upload = await storage.openUpload(key, { bytes, mime: "application/octet-stream" });
      const numbers = Array.from({ length: Math.ceil(bytes / upload.partBytes) }, (_, index) => index + 1);
      return { upload, urls: (await storage.signParts(upload, numbers)) ?? {} };
    };
    const sweepAt = (offsetMs: number) =>
      storage.sweepUnfinished({ puts: new Date(0), uploads: new Date(Date.now() + offsetMs) });

    it("takes parts straight from a browser and joins them", async () => {
      const file = randomBytes(40 * MB + 7);
      const { upload, urls } = await begin("ws_1/up.bin", file.length);
      expect(Object.keys(urls)).toHaveLength(6);
      const parts = await Promise.all(
        Object.entries(urls).map(async ([number, url]) => {
          const at = (Number(number) - 1) * upload.partBytes;
          const { status, etag } = await send(url, file.subarray(at, at + upload.partBytes));
          expect(status).toBe(200);
          return { number: Number(number), etag };
        }),
      );
      await storage.finishUpload(upload, parts.reverse());
      expect(await storage.head("ws_1/up.bin")).toMatchObject({ bytes: file.length });
      const { stream } = await storage.get("ws_1/up.bin", { start: 32 * MB - 2, end: 32 * MB + 1 });
      for await (const chunk of stream) {
        expect(chunk).toEqual(file.subarray(32 * MB - 2, 32 * MB + 2));
      }
    });

    it.runIf(abilities.continuesLists)(
      "asks the bucket for the parts where the page saw no ETag",
      async () => {
        const { upload, urls } = await begin("ws_1/blind.bin", 12 * MB);
        await send(urls[1], Buffer.alloc(8 * MB, 1));
        expect(await storage.listParts(upload)).toEqual([1]);
        await expect(storage.finishUpload(upload, [])).rejects.toMatchObject({ code: "bad_input" });
        await send(urls[2], Buffer.alloc(4 * MB, 2));
        await storage.finishUpload(upload, []);
        expect(await storage.head("ws_1/blind.bin")).toMatchObject({ bytes: 12 * MB });
      },
    );

    it.runIf(abilities.aborts)("aborts an upload and sweeps forgotten ones", async () => {
      const { upload, urls } = await begin("ws_1/aborted.bin", 8 * MB + 9);
      await send(urls[1], Buffer.alloc(8 * MB));
      await storage.abortUpload(upload);
      for (const again of [() => storage.abortUpload(upload), () => storage.listParts(upload)]) {
        await expect(again()).rejects.toMatchObject({ code: "not_found" });
      }
      expect((await send(urls[2], Buffer.alloc(9))).status).toBe(404);
      await begin("ws_1/forgotten.bin", 20 * MB);
      expect(await sweepAt(-60_000)).toBe(0);
      expect(await sweepAt(60_000)).toBe(1);
    });

    it.runIf(abilities.checksSignatures)("lets a part URL carry only its part", async () => {
      const url = (await begin("ws_1/strict.bin", 100)).urls[1] ?? "";
      expect((await send(url, Buffer.alloc(101))).status).toBe(403);
      expect((await send(url.replace("strict", "other"), Buffer.alloc(100))).status).toBe(403);
      expect((await send(url.replace("partNumber=1", "partNumber=2"), Buffer.alloc(100))).status).toBe(403);
      expect((await send(url, Buffer.alloc(100))).status).toBe(200);
      await sweepAt(60_000);
    });

    it.runIf(abilities.checksSignatures)("refuses tampered and unsigned URLs", async () => {
      await storage.put("ws_1/private.png", Buffer.from("x"), "image/png");
      await storage.put("ws_1/other.png", Buffer.from("y"), "image/png");
      const url = await storage.signedUrl("ws_1/private.png");
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(url.replace("private", "other"))).status).toBe(403);
      expect((await fetch(url.replace("Expires=43200", "Expires=86400"))).status).toBe(403);
      expect((await fetch(url.split("?")[0] ?? "")).status).toBe(403);
    });

    it.runIf(abilities.continuesLists)("lists beyond a thousand keys", async () => {
      const client = connectS3(server.settings);
      const limit = pLimit(16);
      const put = (i: number) =>
        client.send(new PutObjectCommand({ Bucket: BUCKET, Key: `ws_many/f${i}.png`, Body: "x" }));
      await Promise.all(Array.from({ length: 1_203 }, (_, i) => limit(() => put(i))));
      const keys = new Set<string>();
      for await (const { key } of storage.list("ws_many/")) keys.add(key);
      expect(keys.size).toBe(1_203);
    });

    it("says what is wrong with the configuration", async () => {
      const failing = (change: Partial<S3Server["settings"]>) =>
        s3Storage({ ...server.settings, ...change }).check();
      await expect(failing({ bucket: "no-such-bucket" })).rejects.toMatchObject({
        code: "storage_failed",
        message: expect.stringContaining("no-such-bucket does not exist"),
        action: expect.stringContaining("S3_BUCKET_NAME"),
      });
      await expect(failing({ endpoint: "http://127.0.0.1:9" })).rejects.toMatchObject({
        code: "storage_failed",
        retry: "later",
        message: "The media store at 127.0.0.1:9 does not answer.",
      });
      if (!abilities.checksSignatures) return;
      const credentials = { accessKeyId: "kinora", secretAccessKey: "wrong" };
      await expect(failing({ credentials })).rejects.toMatchObject({
        code: "storage_failed",
        retry: "never",
        action: expect.stringContaining("S3_SECRET_ACCESS_KEY"),
      });
    });
  });
}
