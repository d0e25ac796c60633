import { open, readFile } from "node:fs/promises";

const END = Buffer.from([0xff, 0xd9]);
const SCAN = Buffer.from([0xff, 0xda]);
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * A JPEG that lacks its end marker (ITU T.81 §B.1.1.3), with one; undefined for every other picture. Browsers show
 * such files; within the data of a scan both markers are impossible, so the last of each tells.
 */
export async function closeJpeg(source: string | Buffer): Promise<Buffer | undefined> {
  if (typeof source === "string" && (await endsWell(source))) return undefined;
  const bytes = typeof source === "string" ? await readFile(source) : source;
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const scan = bytes.lastIndexOf(SCAN);
  return scan < 0 || bytes.lastIndexOf(END) > scan ? undefined : Buffer.concat([bytes, END]);
}

async function endsWell(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const [start, end] = [Buffer.alloc(2), Buffer.alloc(2)];
    await file.read(start, 0, 2, 0);
    await file.read(end, 0, 2, Math.max(0, size - 2));
    return start[0] !== 0xff || start[1] !== 0xd8 || end.equals(END) || size > MOST_BYTES;
  } finally {
    await file.close();
  }
}
