import { type FileHandle, open } from "node:fs/promises";
import type { Identity } from "./identify";

/** More top-level boxes than this (fragments of a film) are not walked. */
const MOST_BOXES = 100_000;
/** Sizes from here on are what recorders write who do not know the size yet. */
const STREAMED = 0x7f00_0000;

/**
 * How many bytes a file lacks by what its container says of itself; null where it does not say. Players take a
 * truncated film without a word, and durations in headers are no witness: they are often wrong in whole files.
 */
export async function countMissingBytes(path: string, { extension }: Identity): Promise<number | null> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    if (extension === "wav") return await missingOfRiff(file, size);
    if (extension === "webm") return await missingOfWebm(file, size);
    if (["mp4", "m4a", "mov"].includes(extension)) return await missingOfIso(file, size);
    return null;
  } finally {
    await file.close();
  }
}

async function read(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
  return buffer.subarray(0, bytesRead);
}

/** ISO 14496-12 §4.2: size, type, and a size of 64 bits where that is 1; 0 is "to the end". */
async function missingOfIso(file: FileHandle, size: number): Promise<number> {
  let at = 0;
  for (let box = 0; box < MOST_BOXES && at + 8 <= size; box++) {
    const head = await read(file, at, 16);
    // What stands behind the last box is no box: cameras and uploaders append their own.
    if (head.length < 8 || !/^[\w ©-]{4}$/.test(head.toString("latin1", 4, 8))) return 0;
    const short = head.readUInt32BE(0);
    if (short === 0 || (short === 1 && head.length < 16)) return 0;
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short;
    if (length < 8) return 0;
    at += length;
  }
  return Math.max(0, at - size);
}

/** RFC 8794 §4: the Segment's size follows its ID as a number of 1–8 bytes; all ones are "unknown". */
async function missingOfWebm(file: FileHandle, size: number): Promise<number | null> {
  const head = await read(file, 0, 4096);
  const segment = head.indexOf("\x18\x53\x80\x67", 0, "latin1");
  if (segment < 0 || segment + 12 > head.length) return null;
  const first = head[segment + 4] ?? 0;
  const width = Math.clz32(first) - 23;
  let length = first & (0xff >> width);
  let unknown = length === 0xff >> width;
  for (const byte of head.subarray(segment + 5, segment + 4 + width)) {
    length = length * 256 + byte;
    unknown &&= byte === 0xff;
  }
  return unknown ? null : Math.max(0, segment + 4 + width + length - size);
}

/** Chunks of a WAV up to `data`: a recording half of which is missing is refused, one a little short is not. */
async function missingOfRiff(file: FileHandle, size: number): Promise<number> {
  let at = 12;
  for (let chunk = 0; chunk < 1000 && at + 8 <= size; chunk++) {
    const head = await read(file, at, 8);
    const length = head.readUInt32LE(4);
    if (head.toString("latin1", 0, 4) === "data") {
      const missing = at + 8 + length - size;
      return length < STREAMED && missing > length / 4 ? missing : 0;
    }
    at += 8 + length + (length % 2);
  }
  return 0;
}
