import type { Canvas, View } from "./canvas";
import { smooth } from "./colour";
import type { Noise } from "./noise";

/** Grain of grass, sand or stone on ground near the camera, where the grid is coarser than the picture. */
export function addGroundDetail(
  canvas: Canvas,
  view: View,
  noise: Noise,
  strength: number,
  cameraY: number,
  water: Uint8Array,
): void {
  const { width, height, depth, rgb } = canvas;
  const reach = 30 * cameraY + 60;
  for (let y = Math.max(0, Math.floor(view.horizonY)); y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const z = depth[at] as number;
      if (!(z < reach) || water[at] === 1) continue;
      const worldX = ((x - view.centreX) / view.focal) * z;
      const fade = 1 - smooth(reach * 0.25, reach, z);
      const fine = noise.fbm(worldX * 2.3, z * 1.1, 3) - 0.5 + (noise.at(worldX * 11, z * 5) - 0.5) * 0.5;
      const by = 1 + fine * strength * fade;
      rgb[at * 3] = (rgb[at * 3] as number) * by;
      rgb[at * 3 + 1] = (rgb[at * 3 + 1] as number) * by;
      rgb[at * 3 + 2] = (rgb[at * 3 + 2] as number) * by;
    }
  }
}
