import type { Plate } from "./plate";

/** How near things are, 0 far – 1 near, smooth, on a coarse grid over the plate. */
export type Nearness = { columns: number; rows: number; values: Float32Array };

/**
 * A guess at depth for any picture: lower is nearer, and what stands out by detail and contrast is a little nearer
 * than what is around it. Smooth, so that a moving camera bends nothing visibly.
 */
export function guessNearness(plate: Plate): Nearness {
  const columns = 64;
  const rows = Math.max(8, Math.round((columns * plate.height) / plate.width));
  const values = new Float32Array(columns * rows);
  const detail = new Float32Array(columns * rows);
  const cellX = plate.width / columns;
  const cellY = plate.height / rows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      let count = 0;
      for (let y = Math.floor(row * cellY); y < (row + 1) * cellY - 2; y += 2) {
        for (let x = Math.floor(column * cellX); x < (column + 1) * cellX - 2; x += 2) {
          const at = y * plate.width + x;
          const here = plate.y[at] as number;
          sum +=
            Math.abs(here - (plate.y[at + 2] as number)) +
            Math.abs(here - (plate.y[at + 2 * plate.width] ?? here));
          count += 1;
        }
      }
      detail[row * columns + column] = count > 0 ? Math.sqrt(sum / count) : 0;
    }
  }
  smoothGrid(detail, columns, rows, 5);
  const peak = Math.max(1e-6, ...detail);
  for (let row = 0; row < rows; row++) {
    const down = (row + 0.5) / rows;
    const ground = 0.08 + 0.75 * Math.max(0, (down - 0.3) / 0.7) ** 1.4;
    for (let column = 0; column < columns; column++) {
      const centre = 1 - Math.abs((column + 0.5) / columns - 0.5) * 0.7;
      const at = row * columns + column;
      values[at] = Math.min(1, ground + 0.3 * ((detail[at] as number) / peak) * centre);
    }
  }
  smoothGrid(values, columns, rows, 3);
  return { columns, rows, values };
}

/** Repeated 3 × 3 maximum in place. */
export function spreadNear(values: Float32Array, columns: number, rows: number, times: number): void {
  for (let time = 0; time < times; time++) {
    const before = values.slice();
    for (let row = 1; row < rows - 1; row++) {
      for (let column = 1; column < columns - 1; column++) {
        let most = 0;
        for (let dy = -columns; dy <= columns; dy += columns) {
          for (let dx = -1; dx <= 1; dx++) {
            most = Math.max(most, before[row * columns + column + dy + dx] as number);
          }
        }
        values[row * columns + column] = most;
      }
    }
  }
}

/** Repeated 3 × 3 averaging in place. */
export function smoothGrid(values: Float32Array, columns: number, rows: number, times: number): void {
  const other = new Float32Array(values.length);
  for (let time = 0; time < times; time++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        let sum = 0;
        for (let dy = -1; dy <= 1; dy++) {
          const y = Math.min(rows - 1, Math.max(0, row + dy)) * columns;
          for (let dx = -1; dx <= 1; dx++) {
            sum += values[y + Math.min(columns - 1, Math.max(0, column + dx))] as number;
          }
        }
        other[row * columns + column] = sum / 9;
      }
    }
    values.set(other);
  }
}
