/** Support for the tests. Imported by tests only. */
import sharp from "sharp";

/** Mean absolute difference of two pictures, 0–255. */
export async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [p, q] = await Promise.all(
    [a, b].map((x) => sharp(x).resize(160, 90, { fit: "fill" }).raw().toBuffer()),
  );
  if (!p || !q) return 0;
  return p.reduce((sum, value, at) => sum + Math.abs(value - (q[at] ?? 0)), 0) / p.length;
}
