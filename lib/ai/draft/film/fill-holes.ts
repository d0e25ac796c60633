/**
 * Fills what is not known (0 in `known`) in place, smoothly from what is around it: known values are averaged into
 * ever smaller pictures, and what is missing is taken back from the next smaller one.
 */
export function fillHoles(
  plane: Float32Array | Uint8Array,
  width: number,
  height: number,
  known: Float32Array | Uint8Array,
): void {
  if ((width === 1 && height === 1) || known.every(Boolean)) return;
  const w = (width + 1) >> 1;
  const h = (height + 1) >> 1;
  const smaller = new Float32Array(w * h);
  const weights = new Float32Array(w * h);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (!known[at]) continue;
      const to = (y >> 1) * w + (x >> 1);
      smaller[to] = (smaller[to] as number) + (plane[at] as number);
      weights[to] = (weights[to] as number) + 1;
    }
  }
  for (let at = 0; at < smaller.length; at++)
    smaller[at] = (smaller[at] as number) / Math.max(1, weights[at] as number);
  fillHoles(smaller, w, h, weights);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (known[at]) continue;
      // Three quarters from the pixel it lies in, a quarter from the neighbour on its side, in each direction.
      const cx = x >> 1;
      const cy = y >> 1;
      const nx = Math.min(w - 1, Math.max(0, cx + (x & 1 ? 1 : -1)));
      const ny = Math.min(h - 1, Math.max(0, cy + (y & 1 ? 1 : -1)));
      const here = (smaller[cy * w + cx] as number) * 0.75 + (smaller[cy * w + nx] as number) * 0.25;
      const beside = (smaller[ny * w + cx] as number) * 0.75 + (smaller[ny * w + nx] as number) * 0.25;
      plane[at] = here * 0.75 + beside * 0.25;
    }
  }
}
