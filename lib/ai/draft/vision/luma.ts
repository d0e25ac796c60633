/** The row where most columns change brightness the same way at once. */
export function findHorizon(luma: Float32Array, width: number, height: number): number | null {
  const reach = Math.max(2, Math.round(height / 60));
  let best = 0;
  let at = 0;
  for (let y = Math.round(height * 0.15); y < height * 0.85; y++) {
    let up = 0;
    let down = 0;
    let change = 0;
    for (let x = 0; x < width; x += 3) {
      const step = (luma[(y - reach) * width + x] as number) - (luma[(y + reach) * width + x] as number);
      if (step > 6) up += 1;
      if (step < -6) down += 1;
      change += step;
    }
    const agreed = Math.max(up, down) / Math.ceil(width / 3);
    const power = agreed > 0.62 ? agreed * Math.abs(change) : 0;
    if (power > best) [best, at] = [power, y];
  }
  return best > 0 ? at / height : null;
}

/** How alike left and right are, 1 for a perfect mirror image. */
export function measureSymmetry(luma: Float32Array, width: number, height: number): number {
  let difference = 0;
  let total = 1e-9;
  let mean = 0;
  for (const value of luma) mean += value / luma.length;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width / 2; x += 2) {
      const left = luma[y * width + x] as number;
      const right = luma[y * width + width - 1 - x] as number;
      difference += Math.abs(left - right);
      total += Math.abs(left - mean) + Math.abs(right - mean);
    }
  }
  return Math.max(0, 1 - difference / total);
}

/** Standard deviation of the Laplacian. */
export function measureSharpness(luma: Float32Array, width: number, height: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const value =
        4 * (luma[at] as number) -
        (luma[at - 1] as number) -
        (luma[at + 1] as number) -
        (luma[at - width] as number) -
        (luma[at + width] as number);
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
