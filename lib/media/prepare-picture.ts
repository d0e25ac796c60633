import { explainPicture, openPicture } from "./picture";

/**
 * Writes a JPEG of at most `longSidePixels` on its long side, upright, on white where it was transparent, without
 * EXIF or GPS: what may leave the house. Throws MediaError.
 */
export async function preparePicture(path: string, outPath: string, longSidePixels: number): Promise<void> {
  try {
    const picture = await openPicture(path);
    await picture
      .resize(longSidePixels, longSidePixels, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: 92, mozjpeg: false })
      .toFile(outPath);
  } catch (error) {
    throw explainPicture(error);
  }
}
