import { open } from "node:fs/promises";
import { MediaError } from "./media-error";
import { runFfmpeg } from "./run-ffmpeg";
import { readBrands } from "./signatures";

/** Whether a file is an animated AVIF (AV1 Image File Format §6.3). */
export async function isAvifSequence(path: string): Promise<boolean> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0);
    return readBrands(buffer.subarray(0, bytesRead)).includes("avis");
  } finally {
    await file.close();
  }
}

/** The first picture of an animated AVIF, which libvips cannot read, as PNG. Throws MediaError `invalid`. */
export async function decodeAvifSequence(path: string): Promise<Buffer> {
  try {
    return await runFfmpeg({
      inputs: [{ path, formats: ["mov,mp4,m4a,3gp,3g2,mj2"] }],
      outputs: [{ options: ["-map", "0:v:0", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe"] }],
      ...{ timeLimitSeconds: 60, maxStdoutBytes: 300 * 1024 * 1024, untrusted: true },
    });
  } catch (cause) {
    if (!(cause instanceof MediaError) || cause.code !== "failed") throw cause;
    throw new MediaError(
      "invalid",
      "This is an animated AVIF that cannot be read here.",
      "Save its first picture as JPEG, PNG or WebP and upload that.",
      { cause },
    );
  }
}
