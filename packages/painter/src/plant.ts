import type { Canvas, View } from "./canvas";
import { hex, mix, type Rgb, scale, smooth } from "./colour";
import type { Land } from "./grounds";
import type { Light } from "./light";
import type { Noise } from "./noise";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";
import { placeSprite, type Stand } from "./sprite";
import { growTrees, type TreeKind } from "./trees";

const METRES: Record<TreeKind, [number, number]> = {
  ...{ conifer: [14, 30], broadleaf: [9, 17], palm: [9, 14], cactus: [3, 6] },
};
const MOST = 2600;

/** Plants trees over the land where it is neither steep, high nor wet, far ones first. */
export function plantTrees(
  canvas: Canvas,
  view: View,
  light: Light,
  land: Land,
  brief: Brief,
  noise: Noise,
  cameraY: number,
  water: Uint8Array,
): void {
  const { share, kind } = land.trees;
  if (share <= 0) return;
  const random = createRandom(brief.seed ^ 0x9a11);
  const sprites = growTrees(kind, brief.seed, kind === "conifer" ? 6 : 5);
  const tints = leafTints(brief, kind);
  const nearest = Math.max(
    ...[land.clearTo, kind === "conifer" ? 46 : 60, land.cameraAbove * 1.6],
    (METRES[kind][1] * view.focal) / (view.height * 0.62),
  );
  const farthest = 5200;
  const trees: { x: number; z: number; h: number; metres: number; pick: number; tint: Rgb }[] = [];
  for (let attempt = 0; attempt < MOST * (share > 0.8 ? 1 : 2.4) && trees.length < MOST; attempt++) {
    const z = nearest * (farthest / nearest) ** random.next();
    const x = random.between(-0.62, 0.62) * (view.width / view.focal) * z;
    const [metres, pick, chance, hue] = [
      random.between(...METRES[kind]),
      random.next(),
      random.next(),
      random.next(),
    ];
    const grove = noise.fbm(x / 170 + 20, z / 210, 4);
    const wanted = share >= 1 ? 0.95 : smooth(0.62 - share * 0.3, 0.72 - share * 0.2, grove) * (0.35 + share);
    if (chance > wanted) continue;
    const h = land.height(x, z, 7);
    const slope = Math.abs(land.height(x + 8, z, 7) - h) + Math.abs(land.height(x, z + 8, 7) - h);
    if (slope > 11 || h < (land.waterLevel ?? -1e9) + 1.5 || h > 520) continue;
    // Keep a view open down the middle, closer in.
    if (share >= 1 && z < 260 && Math.abs(x - 30 * (noise.at(z / 60, 4) - 0.5)) < 7 + z * 0.05) continue;
    trees.push({ x, z, h, metres, pick, tint: mix(tints[0], tints[1], hue) });
  }
  trees.sort((a, b) => b.z - a.z);
  for (const tree of trees) {
    const footY = view.horizonY + ((cameraY - tree.h + 0.5) / tree.z) * view.focal;
    const stand: Stand = {
      ...{ footX: view.centreX + (tree.x / tree.z) * view.focal, footY, far: tree.z, tint: tree.tint },
      ...{
        tall: (tree.metres / tree.z) * view.focal,
        clear: clearness(light, land, tree.z, tree.h),
        flip: tree.pick > 0.5,
      },
    };
    const sprite = sprites[Math.floor(tree.pick * sprites.length)];
    if (sprite && stand.tall > 1.2) placeSprite(canvas, view, light, sprite, stand, water);
  }
}

/** The share of light that haze and valley mist let through from a point. */
export function clearness(light: Light, land: Land, z: number, height: number): number {
  const above =
    land.mistMetres > 0 ? Math.exp(-Math.max(0, height - (land.waterLevel ?? 0)) / land.mistMetres) : 0;
  return Math.exp((-z / 1000) * light.hazePerKm * (1 + 3.2 * above));
}

function leafTints(brief: Brief, kind: TreeKind): [Rgb, Rgb] {
  if (brief.weather === "snow") return [hex("#76828a"), hex("#c6d0d8")];
  if (kind === "cactus") return [hex("#3f5a30"), hex("#55703a")];
  if (kind === "palm") return [hex("#3d5a22"), hex("#5d7a2c")];
  if (brief.has("autumn", "fall", "herbst")) return [hex("#a3521c"), hex("#c98a2a")];
  if (brief.has("cherry", "sakura", "blossom")) return [hex("#e2a5b4"), hex("#f3cdd4")];
  const green: [Rgb, Rgb] =
    kind === "conifer" ? [hex("#1f3320"), hex("#35492a")] : [hex("#3b5022"), hex("#66712c")];
  return brief.time === "night" ? [scale(green[0], 0.8), green[1]] : green;
}
