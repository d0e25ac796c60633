import type { Lineage, Relative } from "@/lib/assets";
import type { LineageView, RelativeView } from "@/lib/assets/schema";
import { toAssetViews } from "./media-urls";

/** A family of assets as a browser may see it. */
export async function toLineageView({ ancestors, descendants }: Lineage): Promise<LineageView> {
  const [before, after] = await Promise.all([toRelatives(ancestors), toRelatives(descendants)]);
  return { ancestors: before, descendants: after };
}

async function toRelatives(relatives: Relative[]): Promise<RelativeView[]> {
  const views = await toAssetViews(relatives.map(({ asset }) => asset));
  return views.map((asset, index) => ({ asset, distance: relatives[index]?.distance ?? 1 }));
}
