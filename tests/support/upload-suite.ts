import { readFile } from "node:fs/promises";
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
import { abortUpload, beginUpload } from "@/lib/studio/uploads";
import { bomb, picture, tooLarge } from "./upload-bytes";
import { describeParts } from "./upload-parts-suite";

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

  describeParts(name, test, { begin, keys });

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
