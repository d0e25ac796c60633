import { readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, it } from "vitest";
import * as media from "./index";
import { makeFilm, testFolder } from "./testing";

const at = testFolder();
const photo = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: "#257", noise: { type: "gaussian", sigma: 20 } },
    limitInputPixels: false,
  });

it("a JPEG without its end marker is whole; one that lacks more is not", async () => {
  const jpeg = await photo(480, 300).jpeg().toBuffer();
  await writeFile(at("no-end.jpg"), jpeg.subarray(0, jpeg.length - 2));
  expect(await media.probe(at("no-end.jpg"))).toMatchObject({ kind: "picture", width: 480 });
  await media.makeThumbnail(at("no-end.jpg"), "picture", at("no-end.webp"));
  await media.preparePicture(at("no-end.jpg"), at("no-end-proxy.jpg"), 2048);
  await writeFile(at("short.jpg"), jpeg.subarray(0, jpeg.length * 0.8));
  await expect(media.probe(at("short.jpg"))).rejects.toMatchObject({ message: /picture/ });
});

it("a camera's fifty megapixels are taken", async () => {
  const plain = { create: { width: 8192, height: 6144, channels: 3 as const, background: "#257" } };
  await sharp(plain).jpeg().toFile(at("large.jpg"));
  expect(await media.probe(at("large.jpg"))).toMatchObject({ width: 8192, height: 6144 });
});

it("the limit is memory: what streams passes, what must be held whole does not", async () => {
  const plain = { create: { width: 9_000, height: 9_000, channels: 3 as const, background: "#257" } };
  await sharp(plain).png().toFile(at("streams.png"));
  expect((await media.probe(at("streams.png"))).width).toBe(9_000);
  // Of an AVIF its header alone is read.
  const head = await readFile(await avifHeader(16_000));
  await writeFile(at("held.avif"), head);
  await expect(media.probe(at("held.avif"))).rejects.toMatchObject({ name: "MediaError" });
});

/** A small AVIF whose header says that it is n × n. */
async function avifHeader(n: number): Promise<string> {
  const avif = await photo(64, 64).avif({ effort: 0 }).toBuffer();
  const size = avif.indexOf("ispe") + 8;
  avif.writeUInt32BE(n, size);
  avif.writeUInt32BE(n, size + 4);
  await writeFile(at("claims.avif"), avif);
  return at("claims.avif");
}

it.each(["webp", "png"] as const)("a %s turned by its EXIF has a copy for every browser", async (format) => {
  const path = at(`turned.${format}`);
  await photo(480, 300).withMetadata({ orientation: 6 }).toFormat(format).toFile(path);
  expect(await media.probe(path)).toMatchObject({ width: 300, height: 480, turnedByBrowsers: false });
  await media.makeUprightCopy(path, at("upright.webp"));
  const copy = await sharp(at("upright.webp")).metadata();
  expect([copy.width, copy.height, copy.orientation]).toEqual([300, 480, undefined]);
  await photo(480, 300).withMetadata({ orientation: 6 }).jpeg().toFile(at("turned.jpg"));
  expect((await media.probe(at("turned.jpg"))).turnedByBrowsers).toBe(true);
});

it("an animated AVIF is its first frame", async () => {
  await makeFilm(at("frames.mp4"), { width: 64, height: 48, seconds: 0.5 });
  const bytes = await readFile(at("frames.mp4"));
  bytes.write("avis", 8, "latin1");
  await writeFile(at("animated.avif"), bytes);
  expect(await media.probe(at("animated.avif"))).toMatchObject({ kind: "picture", width: 64, height: 48 });
  await media.makeThumbnail(at("animated.avif"), "picture", at("animated.webp"));
});
