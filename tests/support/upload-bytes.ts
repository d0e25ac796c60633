import { readFile, stat } from "node:fs/promises";
import sharp from "sharp";
import { expect } from "vitest";
import { makeFilm } from "@/lib/media/testing";

/** A green picture. */
export const picture = (width = 640, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: "#2a6f4e" } });

/** The bytes as they come over a line. */
export async function* chunked(bytes: Buffer, size = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** 16,000 × 16,000 black pixels in a few kilobytes. */
export function bomb(): Promise<Buffer> {
  const black = { create: { width: 16_000, height: 16_000, channels: 3 as const, background: "#000" } };
  return sharp({ ...black, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** A film of more pixels than are taken. */
export async function tooLarge(path: string): Promise<Buffer> {
  await makeFilm(path, { width: 5120, height: 2160, seconds: 0.2 });
  expect((await stat(path)).size).toBeGreaterThan(0);
  return readFile(path);
}
