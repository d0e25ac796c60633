import sharp from "sharp";

/** Small enough to keep, and to even out what differs between builds of the libraries. */
export function shrink(picture: Buffer): Promise<Buffer> {
  return sharp(picture).resize(128, 128, { fit: "inside" }).png({ compressionLevel: 9 }).toBuffer();
}
