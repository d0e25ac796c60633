import type { Metadata, Sharp, SharpOptions } from "sharp";
import { decodeAvifSequence, isAvifSequence } from "./avif-sequence";
import type { Identity } from "./identify";
import { closeJpeg } from "./jpeg-end";
import { MediaError } from "./media-error";
import { NOTHING_TO_PLAY, type Probe } from "./probe-result";

/** Cameras of 200 megapixels pass; a bomb of more costs minutes even where it costs no memory. */
export const MAX_PICTURE_PIXELS = 220e6;
/** What decoding may hold in memory at once; the web server leaves it to a process that ends with the file. */
const MAX_DECODING_BYTES = 1e9;

/** A picture from an untrusted file: bounded memory, the first frame, broken data is an error, upright. */
export async function openPicture(source: string | Buffer): Promise<Sharp> {
  // Not before the first picture: libvips takes memory that the web server, which opens none, shall not hold.
  const { default: sharp } = await import("sharp");
  // Every picture is opened once: a cache of decoded pixels would only hold memory.
  sharp.cache(false);
  const options: SharpOptions = { limitInputPixels: MAX_PICTURE_PIXELS, failOn: "error", pages: 1 };
  const closed = await closeJpeg(source);
  // An end that we added ourselves hides missing data from all but the decoder's warnings.
  if (closed) return bounded(sharp(closed, { ...options, failOn: "warning" }));
  try {
    return await bounded(sharp(source, options));
  } catch (thrown) {
    if (typeof source !== "string" || !(await isAvifSequence(source))) throw thrown;
    return bounded(sharp(await decodeAvifSequence(source), options));
  }
}

async function bounded(picture: Sharp): Promise<Sharp> {
  const found = await picture.metadata();
  if (decodingBytes(found) <= MAX_DECODING_BYTES) return picture.autoOrient();
  const megapixels = Math.round((found.width * found.height) / 1e6);
  throw new MediaError(
    "too_large",
    `This picture has ${megapixels} megapixels, in a form that takes too much memory to open.`,
    "Make it smaller, or save it as a plain JPEG, and upload that.",
  );
}

/**
 * Bytes that decoding holds at once, as measured with libvips 8.18 at 50–200 megapixels: plain JPEG and PNG stream
 * (97–156 MB in all at any size); progressive JPEG keeps its coefficients (2 bytes a sample), interlaced PNG and WebP
 * the whole picture, AVIF 19 bytes a pixel.
 */
function decodingBytes(found: Metadata): number {
  const pixels = found.width * found.height;
  const depth = found.depth === "uchar" ? 1 : 2;
  if (found.format === "jpeg") {
    const samples = { "4:4:4": 3, "4:2:2": 2 }[found.chromaSubsampling ?? ""] ?? 1.5;
    return found.isProgressive ? pixels * Math.max(samples, found.channels - 1.5) * 2 : 0;
  }
  if (found.format === "png") {
    const whole = found.isProgressive || (found.orientation ?? 1) > 1;
    return whole ? pixels * (found.channels + 1) * depth : 0;
  }
  return pixels * (found.format === "heif" ? 19 : 4 * depth);
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
    const { autoOrient, hasAlpha, orientation = 1, format } = await picture.metadata();
    // Decoding to the end is what finds a truncated file; JPEG is decoded at an eighth of its size.
    await picture.resize(32, 32, { fit: "inside", fastShrinkOnLoad: true }).raw().toBuffer();
    return {
      ...{ ...NOTHING_TO_PLAY, ...identity },
      ...{ width: autoOrient.width, height: autoOrient.height, hasAlpha: hasAlpha ?? false },
      // JPEG alone is turned by every browser.
      turnedByBrowsers: orientation === 1 || format === "jpeg",
    };
  } catch (error) {
    throw explainPicture(error);
  }
}
