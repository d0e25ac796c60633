import { RATIOS, type Ratio } from "./ratios";

/**
 * The ratio on offer that comes closest to a picture's own shape: whatever begins from a picture keeps it. The first
 * on offer where its size is not known.
 */
export function closestRatio({ width, height }: { width: number | null; height: number | null }): Ratio {
  if (!width || !height) return RATIOS[0];
  const apart = (ratio: Ratio) => Math.abs(Math.log(width / height / toNumber(ratio)));
  return RATIOS.reduce((best, ratio) => (apart(ratio) < apart(best) ? ratio : best));
}

function toNumber(ratio: Ratio): number {
  const [width = 1, height = 1] = ratio.split(":").map(Number);
  return width / height;
}
