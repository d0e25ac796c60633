import type { AssetView } from "@/lib/assets/schema";
import type { AssetViews } from "./fetch-assets";

/** Newest first, as the server sorts; ISO dates of one length compare as text. */
function isOlder(a: AssetView, b: AssetView): boolean {
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}

/**
 * What is known of a list after its first page came anew: that page, then what was known behind it. What stood in
 * the first page's stretch and is not in it any more has gone. Where the two do not touch, the old is forgotten.
 */
export function mergeFirst(known: AssetViews, first: AssetViews): AssetViews {
  const last = first.assets.at(-1);
  if (!last || first.nextCursor === null) return first;
  const knownIds = new Set(known.assets.map(({ id }) => id));
  if (!first.assets.some(({ id }) => knownIds.has(id))) return first;
  const behind = known.assets.filter((asset) => isOlder(asset, last));
  if (behind.length === 0) return first;
  return { assets: [...first.assets, ...behind], nextCursor: known.nextCursor };
}

/** Adds the page that follows. */
export function append(known: AssetViews, next: AssetViews): AssetViews {
  const knownIds = new Set(known.assets.map(({ id }) => id));
  const fresh = next.assets.filter(({ id }) => !knownIds.has(id));
  return { assets: [...known.assets, ...fresh], nextCursor: next.nextCursor };
}

/** Puts assets back where they belong. */
export function insert(known: AssetViews, back: AssetView[]): AssetViews {
  const ids = new Set(back.map(({ id }) => id));
  const others = known.assets.filter(({ id }) => !ids.has(id));
  const assets = [...others, ...back].sort((a, b) => (isOlder(a, b) ? 1 : -1));
  return { ...known, assets };
}

export function remove(known: AssetViews, ids: string[]): AssetViews {
  const gone = new Set(ids);
  return { ...known, assets: known.assets.filter(({ id }) => !gone.has(id)) };
}

export function change(known: AssetViews, ids: string[], part: Partial<AssetView>): AssetViews {
  const meant = new Set(ids);
  return {
    ...known,
    assets: known.assets.map((asset) => (meant.has(asset.id) ? { ...asset, ...part } : asset)),
  };
}
