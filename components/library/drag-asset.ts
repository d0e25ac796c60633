import type { DragEvent } from "react";
import type { AssetView } from "@/lib/assets/schema";

/** What travels with a dragged asset: ids only, never links to media. */
const TYPE = "application/x-kinora-asset";

/** Makes an element draggable as an asset, or as several at once. */
export function dragAssets(assets: Pick<AssetView, "id">[]) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData(TYPE, assets.map(({ id }) => id).join(" "));
      event.dataTransfer.effectAllowed = "copyLink";
    },
  };
}

/** Whether what is being dragged comes from the library. Browsers tell no more before the drop. */
export function carriesAssets(event: { dataTransfer: DataTransfer | null }): boolean {
  return event.dataTransfer?.types.includes(TYPE) ?? false;
}

/** The ids of what was dropped; none when it came from elsewhere. */
export function droppedAssetIds(event: { dataTransfer: DataTransfer | null }): string[] {
  const ids = event.dataTransfer?.getData(TYPE) ?? "";
  return ids.split(" ").filter((id) => /^asset_[a-z0-9]+$/.test(id));
}
