import type { View } from "./canvas";
import { smooth } from "./colour";
import type { Ground } from "./grounds/land";
import type { Light } from "./light";

/** How much direct light arrives at a column and a distance's index, 0–1. */
export type Shade = { at(x: number, k: number): number };

/** How much direct light arrives, 0–1, on a coarse grid: rays marched towards the sun. */
export function castShadows(
  width: number,
  view: View,
  light: Light,
  ground: Ground,
  distances: Float32Array,
): Shade {
  const steps = distances.length;
  const stepX = 8;
  const stepK = 4;
  const columns = Math.ceil(width / stepX) + 2;
  const rows = Math.ceil(steps / stepK) + 2;
  const plane = new Float32Array(columns * rows);
  const [sx, sy, sz] = light.sun;
  for (let row = 0; row < rows; row++) {
    const z = distances[Math.min(steps - 1, row * stepK)] as number;
    for (let column = 0; column < columns; column++) {
      const x = ((column * stepX - view.centreX) / view.focal) * z;
      const base = Math.max(ground.height(x, z, 6), ground.waterLevel ?? -1e9);
      let open = 1;
      for (let step = 1; step <= 9; step++) {
        const reach = 30 * 1.75 ** step * (0.3 + z / 6000);
        const over = ground.height(x + sx * reach, Math.max(1, z + sz * reach), 5) - (base + sy * reach + 4);
        open = Math.min(open, 1 - smooth(-0.06, 0.1, over / reach));
      }
      plane[row * columns + column] = open;
    }
  }
  return {
    at(x, k) {
      const u = x / stepX;
      const v = k / stepK;
      const u0 = Math.floor(u);
      const v0 = Math.floor(v);
      const fu = u - u0;
      const fv = v - v0;
      const at = v0 * columns + u0;
      const top = (plane[at] as number) * (1 - fu) + (plane[at + 1] as number) * fu;
      const bottom = (plane[at + columns] as number) * (1 - fu) + (plane[at + columns + 1] as number) * fu;
      return top * (1 - fv) + bottom * fv;
    },
  };
}
