import { writeFile } from "node:fs/promises";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import * as media from "./index";
import { testFolder } from "./testing";

describe("pictures", () => {
  const at = testFolder();

  it("are measured upright and lose their EXIF", async () => {
    const photo = sharp({ create: { width: 1200, height: 800, channels: 3, background: "#a52" } });
    await photo
      .jpeg()
      .withExif({ IFD0: { Artist: "somebody" } })
      .withMetadata({ orientation: 6 })
      .toFile(at("photo.jpg"));
    expect(await media.probe(at("photo.jpg"))).toMatchObject({ kind: "picture", width: 800, height: 1200 });
    await media.makeThumbnail(at("photo.jpg"), "picture", at("thumb.webp"));
    const thumb = await sharp(at("thumb.webp")).metadata();
    expect(thumb).toMatchObject({ format: "webp", width: 427, height: 640 });
    expect(thumb.exif).toBeUndefined();
  });

  it("that are cut off are found", async () => {
    const noise = { width: 640, height: 480, channels: 3 as const, background: "#000" };
    const noisy = sharp({ create: { ...noise, noise: { type: "gaussian", mean: 128, sigma: 40 } } });
    for (const format of ["jpeg", "png", "webp"] as const) {
      const whole = await noisy.clone().toFormat(format).toBuffer();
      await writeFile(at(`cut.${format}`), whole.subarray(0, Math.floor(whole.length * 0.6)));
      await expect(media.probe(at(`cut.${format}`)), format).rejects.toMatchObject({ code: "invalid" });
      const thumb = media.makeThumbnail(at(`cut.${format}`), "picture", at("cut.webp"));
      await expect(thumb, format).rejects.toMatchObject({ code: "invalid" });
    }
  });

  it("that are bombs are refused before they are decoded", async () => {
    await writeFile(at("bomb.png"), makeBomb(20_000));
    const begun = Date.now();
    await expect(media.probe(at("bomb.png"))).rejects.toMatchObject({ code: "too_large" });
    expect(Date.now() - begun).toBeLessThan(1_000);
  });

  it("give their colours, most present first", async () => {
    const stripe = (height: number, background: string) =>
      sharp({ create: { width: 90, height, channels: 3, background } })
        .png()
        .toBuffer();
    await sharp({ create: { width: 90, height: 90, channels: 3, background: "#203040" } })
      .composite([
        { input: await stripe(30, "#e0b040"), top: 60, left: 0 },
        { input: await stripe(12, "#c02020"), top: 0, left: 0 },
      ])
      .png()
      .toFile(at("stripes.png"));
    const palette = await media.measurePalette(at("stripes.png"));
    expect(palette.slice(0, 2)).toEqual(["#203040", "#e0b040"]);
    expect(palette[2]).toMatch(/^#c[0-2]2[01]2[01]$/);
    expect(await media.measurePalette(at("stripes.png"))).toEqual(palette);
  });
});

/** A black PNG of n × n pixels: a few hundred kilobytes that would decode to gigabytes. */
function makeBomb(n: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(n, 0);
  header.writeUInt32BE(n, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const data = deflateSync(Buffer.alloc(50_000_000));
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}
