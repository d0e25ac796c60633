import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { type Asset, deleteAssets, type FinishedUpload, findUpload, type UploadProgress } from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { env } from "@/lib/env";
import { makeFilm } from "@/lib/media/testing";
import { storage } from "@/lib/storage";
import { finishUpload } from "@/lib/studio/finish-upload";
import { abortUpload, beginUpload, receivePart, resumeUpload } from "@/lib/studio/uploads";

export type UploadsUnderTest = {
  folder(): string;
  caller(): Caller;
  stranger(): Caller;
  viewer(): Caller;
  /** Sends the bytes, or some of their parts, the way a browser does, up to finishing. */
  send(plan: UploadProgress, bytes: Buffer, numbers?: number[]): Promise<FinishedUpload["parts"]>;
  /** The S3 server at hand cannot tell which parts have arrived. */
  cannotList?: boolean;
};

const picture = (width = 640, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: "#2a6f4e" } });

/** What uploads do whichever way their bytes travel. */
export function describeUploads(name: string, test: UploadsUnderTest): void {
  const begin = (file: string, bytes: number, type = "") =>
    beginUpload(test.caller(), { name: file, bytes, type });
  const upload = async (file: string, bytes: Buffer): Promise<Asset> => {
    const plan = await begin(file, bytes.length);
    return finishUpload(test.caller(), plan.id, { parts: await test.send(plan, bytes) });
  };
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of storage().list("")) found.push(key);
    return found.sort();
  };

  describe(`${name}: what arrives whole`, () => {
    it("becomes a picture of the library; only the original keeps where it was taken", async () => {
      const bytes = await picture()
        .withExif({ IFD0: { Copyright: "Someone" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
        .jpeg()
        .toBuffer();
      const asset = await upload("Füße im Gras 图.PNG", bytes);
      expect(asset).toMatchObject({
        kind: "picture",
        role: "upload",
        filename: "Füße im Gras 图.jpg",
        mime: "image/jpeg",
        bytes: bytes.length,
        width: 640,
        height: 400,
        previewKey: null,
        palette: [expect.stringMatching(/^#2\w{5}$/)],
        createdBy: test.caller().userId,
      });
      const original = await buffer((await storage().get(asset.storageKey)).stream);
      expect(original.equals(bytes)).toBe(true);
      expect((await sharp(original).metadata()).exif).toBeDefined();
      const thumb = await sharp(await buffer((await storage().get(asset.thumbKey ?? "")).stream)).metadata();
      expect([thumb.format, thumb.width, thumb.exif]).toEqual(["webp", 640, undefined]);
      expect(await storage().head(asset.storageKey)).toEqual({ bytes: bytes.length, mime: "image/jpeg" });
      expect((await keys()).filter((key) => key.includes("/uploads/up_"))).toEqual([]);
    });

    it("becomes a film with a poster and a preview", async () => {
      const path = join(test.folder(), "film.mp4");
      await makeFilm(path, { width: 640, height: 360, seconds: 2, sound: true });
      const asset = await upload("film.mov", await readFile(path));
      expect(asset).toMatchObject({ kind: "video", mime: "video/mp4", filename: "film.mp4", width: 640 });
      expect(asset.durationSeconds).toBeCloseTo(2, 1);
      expect(asset.details).toMatchObject({ hasAudio: true, videoCodec: "h264" });
      expect(asset.palette.length).toBeGreaterThan(0);
      for (const key of [asset.storageKey, asset.thumbKey, asset.previewKey]) {
        expect(await storage().head(key ?? "")).not.toBeNull();
      }
    });

    it("becomes one asset, however often finishing is asked for", async () => {
      const bytes = await picture().png().toBuffer();
      const plan = await begin("once.png", bytes.length);
      const parts = await test.send(plan, bytes);
      const assets = await Promise.all([1, 2, 3].map(() => finishUpload(test.caller(), plan.id, { parts })));
      expect(new Set(assets.map((asset) => asset.id)).size).toBe(1);
      await deleteAssets(test.caller(), [assets[0]?.id ?? ""]);
      expect((await finishUpload(test.caller(), plan.id, { parts: [] })).id).toBe(assets[0]?.id);
    });

    it("is two assets when the same file is sent twice", async () => {
      const bytes = await picture().png().toBuffer();
      const [a, b] = [await upload("a.png", bytes), await upload("a.png", bytes)];
      expect(a.sha256).toBe(b.sha256);
      expect(a.id).not.toBe(b.id);
    });
  });

  describe(`${name}: what is refused`, () => {
    let film: Buffer;
    let jpeg: Buffer;
    beforeAll(async () => {
      const path = join(test.folder(), "long.mp4");
      await makeFilm(path, { width: 320, height: 240, seconds: 4 });
      film = await readFile(path);
      jpeg = await picture(1200, 900).jpeg({ quality: 95 }).toBuffer();
    });
    const refused: [string, () => Buffer | Promise<Buffer>, RegExp][] = [
      ["page.png", () => Buffer.from("<!DOCTYPE html><script>alert(1)</script>"), /^page\.png: .*HTML/],
      ["drawing.png", () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>`), /SVG/],
      ["list.mp4", () => Buffer.from("#EXTM3U\nfile:///etc/passwd\n"), /playlist/],
      ["bomb.png", () => bomb(), /^bomb\.png: .*220 megapixels/],
      ["cut.jpg", () => jpeg.subarray(0, jpeg.length * 0.6), /^cut\.jpg: .*(damaged|incomplete)/],
      ["cut.mp4", () => film.subarray(0, film.length * 0.6), /^cut\.mp4: /],
      ["tiny.png", () => picture(63, 400).png().toBuffer(), /^tiny\.png: .*63 × 400/],
      ["wide.mp4", () => tooLarge(join(test.folder(), "wide.mp4")), /5120 × 2160.*4K/],
      ["noise.bin", () => Buffer.from([1, 2, 3, 200, 201, 0, 0, 9]), /not known/],
    ];
    it.each(refused)("%s, in words, leaving nothing", async (file, make, words) => {
      const before = await keys();
      const bytes = await make();
      const plan = await begin(file, bytes.length);
      const parts = await test.send(plan, bytes);
      await expect(finishUpload(test.caller(), plan.id, { parts })).rejects.toMatchObject({
        code: "media_invalid",
        message: expect.stringMatching(words),
        action: expect.stringMatching(/^[A-Z].*\.$/),
      });
      expect(await keys()).toEqual(before);
      await expect(findUpload(test.caller(), plan.id)).rejects.toMatchObject({ code: "not_found" });
    });

    it.each([
      ["film.mp4", 501 * 1024 * 1024, "video/mp4", "too_large"],
      ["drawing.svg", 100, "image/svg+xml", "media_invalid"],
      ["paper.pdf", 100, "application/pdf", "media_invalid"],
      ["page.html", 100, "text/html", "media_invalid"],
    ])("%s before a byte of it is sent", async (file, bytes, type, code) => {
      expect(env().MAX_UPLOAD_MB).toBe(500);
      await expect(begin(file, bytes, type)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(file),
      });
    });

    it.skipIf(test.cannotList)("a file that was never sent", async () => {
      const { id } = await begin("never.png", 100);
      await expect(finishUpload(test.caller(), id, { parts: [] })).rejects.toMatchObject({
        code: "bad_input",
      });
      await abortUpload(test.caller(), id);
    });

    it("people who may only look, and everyone else's uploads", async () => {
      await expect(beginUpload(test.viewer(), { name: "a.png", bytes: 1, type: "" })).rejects.toMatchObject({
        code: "forbidden",
      });
      const { id } = await begin("mine.png", 100);
      for (const caller of [
        test.stranger(),
        { ...test.stranger(), workspaceId: test.caller().workspaceId },
      ]) {
        await expect(finishUpload(caller, id, { parts: [] })).rejects.toMatchObject({ code: "not_found" });
        await expect(abortUpload(caller, id)).rejects.toMatchObject({ code: "not_found" });
      }
      await abortUpload(test.caller(), id);
    });
  });

  describe(`${name}: what arrives in pieces`, () => {
    const MB = 1_048_576;
    /** A picture followed by what no decoder looks at, so that it fills several parts. */
    const large = async () =>
      Buffer.concat([await picture().png().toBuffer(), Buffer.alloc(17 * MB, "after the picture")]);
    const range = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
    const through = (id: string, number: number, bytes: Buffer, part: number) =>
      receivePart(test.caller(), id, {
        number,
        declaredBytes: Math.min(part, bytes.length - (number - 1) * part),
        body: chunked(bytes.subarray((number - 1) * part, number * part)),
      });

    it.skipIf(test.cannotList)("is gone on with where it stopped, also in another order or way", async () => {
      const bytes = await large();
      const { id, partBytes, ...plan } = await begin("in pieces.png", bytes.length);
      const last = Math.ceil(bytes.length / partBytes);
      await test.send({ id, partBytes, ...plan }, bytes, [last, 1]);
      const seen = await resumeUpload(test.caller(), id);
      expect(seen).toMatchObject({ id, bytes: bytes.length, partBytes, arrived: [1, last] });
      expect(Object.keys(seen.urls ?? {})).toEqual(
        plan.urls
          ? range(last - 1)
              .slice(1)
              .map(String)
          : [],
      );
      await expect(finishUpload(test.caller(), id, { parts: [] })).rejects.toMatchObject({
        code: "bad_input",
        message: "in pieces.png has not arrived completely.",
      });
      for (const number of range(last - 1).slice(1)) await through(id, number, bytes, partBytes);
      await through(id, 1, bytes, partBytes);
      const asset = await finishUpload(test.caller(), id, { parts: [] });
      expect(asset).toMatchObject({ kind: "picture", bytes: bytes.length });
      const original = await buffer((await storage().get(asset.storageKey)).stream);
      expect(original.equals(bytes)).toBe(true);
      expect((await resumeUpload(test.caller(), id)).arrived).toEqual(range(last));
      await expect(through(id, 1, bytes, partBytes)).rejects.toMatchObject({ code: "conflict" });
      expect((await keys()).filter((key) => key.includes("/uploads/up_"))).toEqual([]);
    });

    it.skipIf(test.cannotList)("keeps a part that is sent again and breaks off", async () => {
      const bytes = await large();
      const { id, partBytes } = await begin("twice.png", bytes.length);
      await through(id, 1, bytes, partBytes);
      async function* broken() {
        yield new Uint8Array(1_000);
        throw new Error("ECONNRESET");
      }
      for (const number of [1, 2]) {
        const part = { number, declaredBytes: partBytes, body: broken() };
        await expect(receivePart(test.caller(), id, part)).rejects.toMatchObject({ code: "bad_input" });
      }
      expect((await resumeUpload(test.caller(), id)).arrived).toEqual([1]);
      await abortUpload(test.caller(), id);
      await expect(through(id, 2, bytes, partBytes)).rejects.toMatchObject({ code: "not_found" });
    });

    it("takes no part that there is not, nor of another length, nor from another", async () => {
      const { id, partBytes } = await begin("odd.png", 100);
      const part = (number: number, declaredBytes: number) => ({
        ...{ number, declaredBytes },
        body: chunked(Buffer.alloc(declaredBytes)),
      });
      for (const number of [0, 2, -1, 1.5, 99_999]) {
        await expect(receivePart(test.caller(), id, part(number, 100))).rejects.toMatchObject({
          code: "not_found",
        });
      }
      for (const length of [0, 99, 101, partBytes]) {
        await expect(receivePart(test.caller(), id, part(1, length))).rejects.toMatchObject({
          code: "bad_input",
        });
      }
      for (const other of [test.stranger(), { ...test.stranger(), workspaceId: test.caller().workspaceId }]) {
        await expect(receivePart(other, id, part(1, 100))).rejects.toMatchObject({ code: "not_found" });
        await expect(resumeUpload(other, id)).rejects.toMatchObject({ code: "not_found" });
      }
      await abortUpload(test.caller(), id);
    });
  });

  it(`${name}: aborting leaves nothing`, async () => {
    const before = await keys();
    const bytes = await picture().png().toBuffer();
    const plan = await begin("aborted.png", bytes.length);
    await test.send(plan, bytes);
    await abortUpload(test.caller(), plan.id);
    expect(await keys()).toEqual(before);
    await expect(abortUpload(test.caller(), plan.id)).rejects.toMatchObject({ code: "not_found" });
  });
}

async function* chunked(bytes: Buffer, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** 16,000 × 16,000 black pixels in a few kilobytes. */
function bomb(): Promise<Buffer> {
  const black = { create: { width: 16_000, height: 16_000, channels: 3 as const, background: "#000" } };
  return sharp({ ...black, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

async function tooLarge(path: string): Promise<Buffer> {
  await makeFilm(path, { width: 5120, height: 2160, seconds: 0.2 });
  expect((await stat(path)).size).toBeGreaterThan(0);
  return readFile(path);
}
