import type { Pose } from "./camera-path";
import type { Nearness } from "./nearness";
import type { Plate } from "./plate";

const CELL = 16;

/** For every 16th pixel of a frame, where on the plate it is seen: x and y in plate pixels. */
export type Mesh = { columns: number; rows: number; x: Float32Array; y: Float32Array };

export function createMesh(width: number, height: number): Mesh {
  const columns = Math.ceil(width / CELL) + 1;
  const rows = Math.ceil(height / CELL) + 1;
  return { columns, rows, x: new Float32Array(columns * rows), y: new Float32Array(columns * rows) };
}

/** Fills the mesh for a pose. `fill` > 1 enlarges the plate so that no move shows its edge. */
export function aim(
  mesh: Mesh,
  plate: Plate,
  near: Nearness,
  pose: Pose,
  fill: number,
  width: number,
  height: number,
) {
  const scale = Math.min(plate.width / width, plate.height / height);
  const [cos, sin] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  const aspect = width / height;
  for (let row = 0; row < mesh.rows; row++) {
    for (let column = 0; column < mesh.columns; column++) {
      const px = column * CELL - width / 2;
      const py = row * CELL - height / 2;
      const zoom = fill * (1 + pose.zoom);
      const rx = (px * cos - py * sin) / zoom;
      const ry = (px * sin + py * cos) / zoom;
      let [x, y] = [rx + pose.x * width, ry + (pose.y * width) / Math.max(1, aspect)];
      // Depth is looked up where the pixel lands: two turns settle it, for smooth depth.
      const baseX = x;
      const baseY = y;
      for (let turn = 0; turn < 2; turn++) {
        const n = nearnessAt(near, x / width + 0.5, y / height + 0.5);
        const closer = 1 / (1 + pose.dolly * n);
        x = baseX * closer + pose.truckX * width * (n - 0.25);
        y = baseY * closer + pose.truckY * height * (n - 0.25);
      }
      const at = row * mesh.columns + column;
      mesh.x[at] = x * scale + plate.width / 2 - 0.5;
      mesh.y[at] = y * scale + plate.height / 2 - 0.5;
    }
  }
}

/** The smallest enlargement with which all poses stay on the plate. */
export function findFill(plate: Plate, near: Nearness, poses: Pose[], width: number, height: number): number {
  const mesh = createMesh(width, height);
  let fill = 1;
  for (let i = 0; i < poses.length; i += 3) {
    const pose = poses[i] as Pose;
    aim(mesh, plate, near, pose, fill, width, height);
    while (fill < 1.6 && leavesPlate(mesh, plate)) {
      fill += 0.005;
      aim(mesh, plate, near, pose, fill, width, height);
    }
  }
  return fill;
}

function leavesPlate(mesh: Mesh, plate: Plate): boolean {
  // The mesh may reach a cell beyond the frame: that much may hang over.
  const slack = CELL * (plate.width / ((mesh.columns - 1) * CELL));
  const right = plate.width + slack;
  const bottom = plate.height + slack;
  for (let at = 0; at < mesh.x.length; at++) {
    const [x, y] = [mesh.x[at] as number, mesh.y[at] as number];
    if (x < -2 || y < -2 || x > right || y > bottom) return true;
  }
  return false;
}

function nearnessAt(near: Nearness, u: number, v: number): number {
  const x = Math.min(near.columns - 1.001, Math.max(0, u * near.columns - 0.5));
  const y = Math.min(near.rows - 1.001, Math.max(0, v * near.rows - 0.5));
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const at = y0 * near.columns + x0;
  const fx = x - x0;
  const fy = y - y0;
  const top = (near.values[at] as number) * (1 - fx) + (near.values[at + 1] as number) * fx;
  const low =
    (near.values[at + near.columns] as number) * (1 - fx) +
    (near.values[at + near.columns + 1] as number) * fx;
  return top * (1 - fy) + low * fy;
}

/**
 * Samples one plane through the mesh, bilinearly at sub-pixel positions. `shrink` is 1 for brightness and 2 for colour,
 * which is stored at half size. Where `cover` (0–255) leaves the plane out, what is in the frame stays.
 */
export function samplePlane(
  from: Uint8Array,
  fromWidth: number,
  fromHeight: number,
  to: Uint8Array,
  toWidth: number,
  toHeight: number,
  mesh: Mesh,
  shrink: 1 | 2,
  cover?: Uint8Array,
): void {
  const cell = CELL / shrink;
  const maxX = fromWidth - 1.001;
  const maxY = fromHeight - 1.001;
  for (let y = 0; y < toHeight; y++) {
    const meshRow = Math.floor(y / cell);
    const fy = (y - meshRow * cell) / cell;
    const upper = meshRow * mesh.columns;
    const lower = Math.min(mesh.rows - 1, meshRow + 1) * mesh.columns;
    for (let column = 0; column * cell < toWidth; column++) {
      const a = upper + column;
      const b = lower + column;
      const leftX = ((mesh.x[a] as number) * (1 - fy) + (mesh.x[b] as number) * fy) / shrink;
      const leftY = ((mesh.y[a] as number) * (1 - fy) + (mesh.y[b] as number) * fy) / shrink;
      const rightX = ((mesh.x[a + 1] as number) * (1 - fy) + (mesh.x[b + 1] as number) * fy) / shrink;
      const rightY = ((mesh.y[a + 1] as number) * (1 - fy) + (mesh.y[b + 1] as number) * fy) / shrink;
      const stepX = (rightX - leftX) / cell;
      const stepY = (rightY - leftY) / cell;
      const end = Math.min(toWidth, (column + 1) * cell);
      let sx = leftX;
      let sy = leftY;
      for (let x = column * cell; x < end; x++, sx += stepX, sy += stepY) {
        const cx = sx < 0 ? 0 : Math.min(sx, maxX);
        const cy = sy < 0 ? 0 : Math.min(sy, maxY);
        const x0 = cx | 0;
        const y0 = cy | 0;
        const at = y0 * fromWidth + x0;
        const share = cover === undefined ? 255 : blend(cover, at, fromWidth, cx - x0, cy - y0);
        if (share === 0) continue;
        const value = blend(from, at, fromWidth, cx - x0, cy - y0);
        const under = to[y * toWidth + x] as number;
        to[y * toWidth + x] = under + ((value - under) * share) / 255 + 0.5;
      }
    }
  }
}

/** The bilinear value right of and below a sample by fractions of a pixel. */
function blend(plane: Uint8Array, at: number, width: number, fx: number, fy: number): number {
  const top = (plane[at] as number) + ((plane[at + 1] as number) - (plane[at] as number)) * fx;
  const below = at + width;
  const low = (plane[below] as number) + ((plane[below + 1] as number) - (plane[below] as number)) * fx;
  return top + (low - top) * fy;
}
