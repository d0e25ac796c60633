import { createRandom } from "../random";
import { type Sprite, withHalves } from "../sprite";

import { growBroadleaf } from "./broadleaf";
import { growCactus } from "./cactus";
import { growConifer } from "./conifer";
import { growPalm } from "./palm";

export type TreeKind = "conifer" | "broadleaf" | "palm" | "cactus";

/** Some trees of a kind, each different. Albedo is white-based where leaves are: tint them when placing. */
export function growTrees(kind: TreeKind, seed: number, count: number): Sprite[] {
  const random = createRandom(seed ^ 0x7ee5);
  const grow = { conifer: growConifer, broadleaf: growBroadleaf, palm: growPalm, cactus: growCactus }[kind];
  return Array.from({ length: count }, () => withHalves(grow(random)));
}
