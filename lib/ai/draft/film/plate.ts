import type { Sharp } from "sharp";

/** A picture ready to be filmed: planes of BT.709 limited-range YUV 4:2:0, larger than the film so that moves stay sharp. */
export type Plate = {
  width: number;
  height: number;
  y: Uint8Array;
  u: Uint8Array;
  v: Uint8Array;
};

/** Fills the shape of the film with a picture (upright, opaque), cropped where `position` says. */
export async function loadPlate(
  picture: Sharp,
  width: number,
  height: number,
  position: string | number,
): Promise<Plate> {
  const rgb = await picture
    .flatten({ background: "#141414" })
    .toColourspace("srgb")
    .resize(width, height, { fit: "cover", position, kernel: "lanczos3" })
    .removeAlpha()
    .raw()
    .toBuffer();
  return toPlate(rgb, width, height);
}

/** RGB bytes to YUV planes (ITU-R BT.709-6, limited range); colour is averaged over 2 × 2 pixels. */
function toPlate(rgb: Buffer, width: number, height: number): Plate {
  const halfWidth = width >> 1;
  const halfHeight = height >> 1;
  const plate: Plate = {
    ...{ width, height },
    y: new Uint8Array(width * height),
    u: new Uint8Array(halfWidth * halfHeight),
    v: new Uint8Array(halfWidth * halfHeight),
  };
  for (let i = 0, at = 0; i < width * height; i++, at += 3) {
    const r = rgb[at] as number;
    const g = rgb[at + 1] as number;
    const b = rgb[at + 2] as number;
    plate.y[i] = 16.5 + 0.182586 * r + 0.614231 * g + 0.062007 * b;
  }
  for (let row = 0; row < halfHeight; row++) {
    for (let column = 0; column < halfWidth; column++) {
      let r = 0;
      let g = 0;
      let b = 0;
      for (const offset of [0, 1, width, width + 1]) {
        const at = (row * 2 * width + column * 2 + offset) * 3;
        r += (rgb[at] as number) / 4;
        g += (rgb[at + 1] as number) / 4;
        b += (rgb[at + 2] as number) / 4;
      }
      plate.u[row * halfWidth + column] = 128.5 - 0.100644 * r - 0.338572 * g + 0.439216 * b;
      plate.v[row * halfWidth + column] = 128.5 + 0.439216 * r - 0.398942 * g - 0.040274 * b;
    }
  }
  return plate;
}
