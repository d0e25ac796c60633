import sharp from "sharp";
import { fillHoles } from "./fill-holes";
import type { Nearness } from "./nearness";
import type { Plate } from "./plate";
import { findCut, gridNearness, measureNearness, type PixelNearness } from "./true-depth";

/** A plate that moves as one surface. `cover` tells where it is seen (0–255), at full and at half size; else everywhere. */
export type Layer = { plate: Plate; near: Nearness; cover?: { full: Uint8Array; half: Uint8Array } };

/**
 * A picture of known depth as layers from back to front, so that nothing bends where something near stands before
 * something far. What the front hides is filled in behind it.
 */
export async function splitLayers(
  plate: Plate,
  picture: { width: number; height: number; depth: Float32Array },
): Promise<Layer[]> {
  const pixels = measureNearness(picture, plate.width / plate.height);
  const cut = findCut(pixels);
  if (cut === undefined) return [{ plate, near: gridNearness(pixels, () => true) }];
  const front = pixels.values.map((value) => (value >= cut ? 255 : 0));
  const cover = await coverOf(front, pixels, plate, 0);
  const hidden = await coverOf(front, pixels, plate, 3);
  return [
    { plate: fillBehind(plate, hidden), near: gridNearness(pixels, (value) => value < cut) },
    { plate, near: gridNearness(pixels, (value) => value >= cut), cover },
  ];
}

type Cover = NonNullable<Layer["cover"]>;

/** A mask of the picture's pixels at the sizes of the plate, made wider by some pixels. */
async function coverOf(
  mask: Float32Array,
  { width, height }: PixelNearness,
  plate: Plate,
  wider: number,
): Promise<Cover> {
  const raw = sharp(Buffer.from(Uint8Array.from(mask)), { raw: { width, height, channels: 1 } });
  if (wider > 0) raw.blur(wider);
  const one = await raw.toColourspace("b-w").raw().toBuffer();
  const at = (w: number, h: number) =>
    sharp(one, { raw: { width, height, channels: 1 } })
      .resize(w, h, { fit: "fill", kernel: "cubic" })
      .toColourspace("b-w")
      .raw()
      .toBuffer();
  return { full: await at(plate.width, plate.height), half: await at(plate.width >> 1, plate.height >> 1) };
}

function fillBehind(plate: Plate, hidden: Cover): Plate {
  const fill = (plane: Uint8Array, width: number, height: number, cover: Uint8Array) => {
    const filled = plane.slice();
    fillHoles(
      filled,
      width,
      height,
      cover.map((value) => (value < 8 ? 1 : 0)),
    );
    return filled;
  };
  const { width, height } = plate;
  return {
    ...{ width, height },
    y: fill(plate.y, width, height, hidden.full),
    u: fill(plate.u, width >> 1, height >> 1, hidden.half),
    v: fill(plate.v, width >> 1, height >> 1, hidden.half),
  };
}
