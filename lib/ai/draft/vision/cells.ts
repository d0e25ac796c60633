import type { Measures } from "./measures";

const CELLS = 24;

/** Mean brightness and detail, 0–255, on a coarse grid. */
export type Cells = { columns: number; rows: number; mean: Float32Array; detail: Float32Array };

export function measureCells(luma: Float32Array, width: number, height: number): Cells {
  const columns = CELLS;
  const rows = Math.max(6, Math.round((CELLS * height) / width));
  const cells: Cells = {
    ...{ columns, rows },
    mean: new Float32Array(columns * rows),
    detail: new Float32Array(columns * rows),
  };
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      let detail = 0;
      let count = 0;
      for (let y = Math.floor((row * height) / rows); y < Math.floor(((row + 1) * height) / rows); y++) {
        for (
          let x = Math.floor((column * width) / columns);
          x < Math.floor(((column + 1) * width) / columns);
          x++
        ) {
          const here = luma[y * width + x] as number;
          sum += here;
          detail += Math.abs(here - (luma[y * width + Math.min(width - 1, x + 1)] as number));
          detail += Math.abs(here - (luma[Math.min(height - 1, y + 1) * width + x] as number));
          count += 1;
        }
      }
      cells.mean[row * columns + column] = sum / Math.max(1, count);
      cells.detail[row * columns + column] = detail / Math.max(1, count);
    }
  }
  return cells;
}

/** Centre–surround contrast of brightness and detail: a small version of Itti, Koch and Niebur (1998). */
export function findFocus({ columns, rows, mean, detail }: Cells): Measures["focus"] {
  const average = mean.reduce((a, b) => a + b, 0) / mean.length;
  const weights = mean.map((value, at) => {
    const border =
      Math.min(at % columns, columns - 1 - (at % columns), Math.floor(at / columns)) === 0 ? 0.5 : 1;
    return ((Math.abs(value - average) / 64) ** 2 + (detail[at] as number) / 16) ** 2 * border;
  });
  let x = 0;
  let y = 0;
  let total = 1e-9;
  let spread = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] as number;
    x += weight * ((at % columns) + 0.5);
    y += weight * (Math.floor(at / columns) + 0.5);
    total += weight;
  }
  [x, y] = [x / total / columns, y / total / rows];
  for (let at = 0; at < weights.length; at++) {
    const dx = ((at % columns) + 0.5) / columns - x;
    const dy = (Math.floor(at / columns) + 0.5) / rows - y;
    spread += (weights[at] as number) * Math.hypot(dx, dy);
  }
  // Evenly spread weights are 0.38 from their middle on average.
  return { x, y, gathered: Math.max(0, 1 - spread / total / 0.38) };
}

export function findBrightest({ columns, rows, mean }: Cells): { x: number; y: number } {
  let best = 0;
  for (let at = 1; at < mean.length; at++) if ((mean[at] as number) > (mean[best] as number)) best = at;
  return { x: ((best % columns) + 0.5) / columns, y: (Math.floor(best / columns) + 0.5) / rows };
}

export function findEmptiness({ columns, rows, detail }: Cells): Pick<Measures, "emptiness" | "emptySide"> {
  const sides = { top: 0, bottom: 0, left: 0, right: 0 };
  let empty = 0;
  for (let at = 0; at < detail.length; at++) {
    if ((detail[at] as number) > 4) continue;
    empty += 1;
    const u = ((at % columns) + 0.5) / columns;
    const v = (Math.floor(at / columns) + 0.5) / rows;
    if (v < 0.4) sides.top += 1;
    if (v > 0.6) sides.bottom += 1;
    if (u < 0.4) sides.left += 1;
    if (u > 0.6) sides.right += 1;
  }
  const emptiness = empty / detail.length;
  const [side, count] = Object.entries(sides).sort((a, b) => b[1] - a[1])[0] ?? ["top", 0];
  const isClear = emptiness > 0.25 && count > (empty / 2.5) * 1.25;
  return { emptiness, emptySide: isClear ? (side as keyof typeof sides) : null };
}
