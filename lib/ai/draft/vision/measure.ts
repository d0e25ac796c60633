import { openPicture } from "@/lib/media";
import { findBrightest, findEmptiness, findFocus, measureCells } from "./cells";
import { findHorizon, measureSharpness, measureSymmetry } from "./luma";
import type { Measures } from "./measures";

const LONG_SIDE = 512;
export async function measure(picture: Buffer): Promise<Measures> {
  const opened = await openPicture(picture);
  const size = await opened.metadata();
  const { data, info } = await opened
    .flatten({ background: "#808080" })
    .toColourspace("srgb")
    .resize(LONG_SIDE, LONG_SIDE, { fit: "inside" })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const luma = new Float32Array(width * height);
  let sum = 0;
  let squares = 0;
  let chroma = 0;
  let warmth = 0;
  for (let i = 0; i < luma.length; i++) {
    const r = data[i * 3] as number;
    const g = data[i * 3 + 1] as number;
    const b = data[i * 3 + 2] as number;
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    luma[i] = y;
    sum += y;
    squares += y * y;
    chroma += Math.max(r, g, b) - Math.min(r, g, b);
    warmth += r - b;
  }
  const count = luma.length;
  const mean = sum / count;
  const cells = measureCells(luma, width, height);
  return {
    ...{ width: size.autoOrient.width, height: size.autoOrient.height },
    brightness: mean / 255,
    contrast: Math.sqrt(Math.max(0, squares / count - mean * mean)) / 255,
    colourfulness: chroma / count / 255,
    warmth: warmth / count / 255,
    sharpness: measureSharpness(luma, width, height),
    focus: findFocus(cells),
    brightest: findBrightest(cells),
    horizon: findHorizon(luma, width, height),
    symmetry: measureSymmetry(luma, width, height),
    ...findEmptiness(cells),
  };
}
