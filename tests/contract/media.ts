import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { runFfmpeg } from "@/lib/media";
import type { Order } from "./types";

const SHORT_SIDE = 240;

function sizeOf(ratio: string): { width: number; height: number } {
  const [w = 1, h = 1] = ratio.split(":").map(Number);
  const even = (n: number) => Math.round(n / 2) * 2;
  return w >= h
    ? { width: even((SHORT_SIDE * w) / h), height: SHORT_SIDE }
    : { width: SHORT_SIDE, height: even((SHORT_SIDE * h) / w) };
}

/** A real picture: two colours run into each other, different for every order and number. */
export async function makePicture(order: Order, index: number): Promise<Buffer> {
  const { width, height } = sizeOf(order.ratio);
  const hash = createHash("sha256")
    .update(`${JSON.stringify(order.input)} ${order.id} ${index}`)
    .digest();
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const t = (x / width + y / height) / 2;
      for (let c = 0; c < 3; c += 1) {
        const from = hash[c] ?? 0;
        const to = hash[c + 3] ?? 255;
        pixels[(y * width + x) * 3 + c] = Math.round(from + (to - from) * t);
      }
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

const folder = join(tmpdir(), "kinora-contract-media");
const making = new Map<string, Promise<Buffer>>();

/** A real small film of the length ordered, made once by ffmpeg and kept for the next run. */
export function makeFilm({ ratio, durationSeconds }: Order): Promise<Buffer> {
  const { width, height } = sizeOf(ratio);
  const name = `${width}x${height}-${durationSeconds}s.mp4`;
  const made = making.get(name) ?? renderFilm(join(folder, name), { width, height, durationSeconds });
  making.set(name, made);
  return made;
}

async function renderFilm(
  path: string,
  { width, height, durationSeconds }: { width: number; height: number; durationSeconds: number },
): Promise<Buffer> {
  await mkdir(folder, { recursive: true });
  if (!existsSync(path)) {
    const partial = `${path}.${process.pid}.mp4`;
    await runFfmpeg({
      inputs: [{ filter: `testsrc=size=${width}x${height}:rate=24:duration=${durationSeconds}` }],
      outputs: [
        {
          path: partial,
          options: [
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-movflags",
            "+faststart",
          ],
        },
      ],
      timeLimitSeconds: 60,
    });
    await rename(partial, path);
  }
  return readFile(path);
}
