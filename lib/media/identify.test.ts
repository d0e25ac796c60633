import { mkdir, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { identify } from "./identify";
import { testFolder } from "./testing";

const at = testFolder();
const plain = { create: { width: 8, height: 8, channels: 3 as const, background: "#369" } };

async function write(name: string, content: string | Buffer): Promise<string> {
  await writeFile(at(name), content);
  return at(name);
}

describe("identify passes pictures whatever they are called", () => {
  it.each([
    ["jpeg", "image/jpeg", "jpg"],
    ["png", "image/png", "png"],
    ["webp", "image/webp", "webp"],
    ["gif", "image/gif", "gif"],
    ["avif", "image/avif", "avif"],
  ] as const)("%s", async (format, mime, extension) => {
    const path = await write(`${format}.exe`, await sharp(plain).toFormat(format).toBuffer());
    expect(await identify(path)).toEqual({ mime, kind: "picture", extension });
  });

  it.each([
    "ein Bild – schön 图片 🎬.png",
    "..%2f..%2fetc%2fpasswd",
    "a\\..\\b.png",
    "-i.png",
    "%d.png",
    " ",
    "x.svg",
  ])("named %j", async (name) => {
    const path = await write(name, await sharp(plain).png().toBuffer());
    expect((await identify(path)).mime).toBe("image/png");
  });
});

describe("identify passes sound and film by their containers", () => {
  const box = (brand: string, ...compatible: string[]) => {
    const head = Buffer.concat([
      Buffer.alloc(4),
      Buffer.from(`ftyp${brand}\0\0\0\0${compatible.join("")}`, "latin1"),
    ]);
    head.writeUInt32BE(head.length, 0);
    return Buffer.concat([head, Buffer.alloc(64)]);
  };
  const id3 = Buffer.concat([Buffer.from("ID3\x04\0\0\0\0\0\x20", "latin1"), Buffer.alloc(32)]);
  const frame = Buffer.from([0xff, 0xfb, 0x90, 0x64, 0, 0, 0, 0]);
  it.each([
    ["isom", box("isom", "avc1"), "video/mp4"],
    ["quicktime", box("qt  "), "video/quicktime"],
    ["quicktime of old", Buffer.from("\0\0\0\x08wide\0\0\0\x08mdat", "latin1"), "video/quicktime"],
    ["m4a", box("M4A "), "audio/mp4"],
    ["avif behind mif1", box("mif1", "avif"), "image/avif"],
    ["mp3", frame, "audio/mpeg"],
    ["mp3 behind id3", Buffer.concat([id3, frame]), "audio/mpeg"],
    ["flac behind id3", Buffer.concat([id3, Buffer.from("fLaC\0\0")]), "audio/flac"],
    ["wav", Buffer.from("RIFF\x24\0\0\0WAVEfmt ", "latin1"), "audio/wav"],
    ["opus", Buffer.from("OggS\0\x02\0\0\0\0\0\0OpusHead", "latin1"), "audio/ogg"],
    ["webm", Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "latin1"), "video/webm"],
  ])("%s", async (name, content, mime) => {
    expect((await identify(await write(name, content))).mime).toBe(mime);
  });
});

describe("identify refuses, and says what the file is", () => {
  it.each([
    [
      "svg.png",
      `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`,
      /SVG/,
    ],
    ["utf16.svg", Buffer.from('\ufeff<svg onload="x()"/>', "utf16le"), /SVG/],
    ["page.png", "<!DOCTYPE html><html><body>hi</body></html>", /HTML/],
    ["list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:4\nfile:///etc/passwd\n", /playlist/],
    ["concat.mp4", "ffconcat version 1.0\nfile /etc/passwd\n", /playlist/],
    ["program.jpg", Buffer.from("\x7fELF\x02\x01\x01", "latin1"), /program/],
    ["program2.jpg", Buffer.from("MZ\x90\0\x03", "latin1"), /program/],
    ["script.mp3", "#!/bin/sh\nrm -rf /\n", /script/],
    ["zip.png", Buffer.from("PK\x03\x04\x14\0\0\0", "latin1"), /ZIP/],
    ["doc.png", "%PDF-1.7", /PDF/],
    ["scan.jpg", Buffer.from("II*\0\x08\0\0\0", "latin1"), /TIFF/],
    ["phone.jpg", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), /HEIC/],
    ["old.mp4", Buffer.from("RIFF\x24\0\0\0AVI LIST", "latin1"), /AVI/],
    ["film.webm", Buffer.from("\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska", "latin1"), /Matroska/],
    ["notes.jpg", "just some notes", /text/],
    ["noise.jpg", Buffer.from([1, 2, 3, 200, 201, 0, 0, 9]), /not known/],
    ["nothing.png", "", /empty/],
  ])("%s", async (name, content, words) => {
    const refusal = identify(await write(name, content));
    await expect(refusal).rejects.toMatchObject({
      name: "MediaError",
      code: "invalid",
      message: expect.stringMatching(words),
      action: expect.stringMatching(/^[A-Z].+\.$/),
    });
  });

  it("does not read a folder", async () => {
    await mkdir(at("folder"));
    await expect(identify(at("folder"))).rejects.toThrow(/EISDIR/);
  });
});
