import { explainPicture, openPicture } from "./picture";

/** What pages show; a screen has no more. The original stays as it is. */
const LONG_SIDE_PIXELS = 4096;

/** Writes the picture upright as WebP of at most 4,096 pixels on its long side, without EXIF. Throws MediaError. */
export async function makeUprightCopy(path: string, outPath: string): Promise<void> {
  try {
    const picture = await openPicture(path);
    const side = LONG_SIDE_PIXELS;
    await picture
      .resize(side, side, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 92 })
      .toFile(outPath);
  } catch (error) {
    throw explainPicture(error);
  }
}
