import type { Sharp } from "sharp";
import type { Identity } from "./identify";
import { MediaError } from "./media-error";
import type { Probe } from "./probe";

/** Decompressing a bomb of more pixels than this would take gigabytes. */
export const MAX_PICTURE_PIXELS = 50e6;

/** A picture from an untrusted file: bounded pixels, the first frame, broken data is an error, upright. */
export async function openPicture(source: string | Buffer): Promise<Sharp> {
  // Not before the first picture: libvips takes memory that the web server, which opens none, shall not hold.
  const { default: sharp } = await import("sharp");
  // Every picture is opened once: a cache of decoded pixels would only hold memory.
  sharp.cache(false);
  return sharp(source, { limitInputPixels: MAX_PICTURE_PIXELS, failOn: "error", pages: 1 }).autoOrient();
}

/** The words for what sharp could not read. */
export function explainPicture(cause: unknown): MediaError {
  if (cause instanceof MediaError) return cause;
  if (/pixel limit/i.test(String(cause))) {
    return new MediaError(
      "too_large",
      `This picture has more than ${MAX_PICTURE_PIXELS / 1e6} megapixels.`,
      "Make it smaller and upload it again.",
      { cause },
    );
  }
  return new MediaError(
    "invalid",
    "This picture is damaged or incomplete.",
    "Open it in a picture editor, save it again, and upload that.",
    { cause },
  );
}

export async function readPicture(path: string, identity: Identity): Promise<Probe> {
  try {
    const picture = await openPicture(path);
    const { autoOrient, hasAlpha } = await picture.metadata();
    // Decoding to the end is what finds a truncated file; JPEG is decoded at an eighth of its size.
    await picture.resize(32, 32, { fit: "inside", fastShrinkOnLoad: true }).raw().toBuffer();
    return {
      ...identity,
      ...{ width: autoOrient.width, height: autoOrient.height, hasAlpha: hasAlpha ?? false },
      ...{ durationSeconds: null, fps: null, frames: null, hasAudio: false },
      ...{ videoCodec: null, audioCodec: null, sampleRateHz: null, channels: null },
    };
  } catch (error) {
    throw explainPicture(error);
  }
}
