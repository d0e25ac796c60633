import type { Caller } from "@/lib/auth/caller";
import { decodeCursor, encodeCursor } from "@/lib/cursor";
import type { Asset } from "./asset";
import { readInOrder } from "./read-in-order";
import type { AssetFilter } from "./schema";

export type AssetPage = {
  assets: Asset[];
  /** Pass it as `cursor` for the next page; null on the last one. */
  nextCursor: string | null;
};

/** The library, newest first, in keyset pages of up to 100 (40 when not told). */
export async function listAssets(caller: Caller, filter: AssetFilter = {}): Promise<AssetPage> {
  const limit = Math.min(Math.max(filter.limit ?? 40, 1), 100);
  const from = filter.cursor ? decodeCursor(filter.cursor) : undefined;
  const rows = await readInOrder(caller, { filter, from, limit: limit + 1 });
  const assets = rows.slice(0, limit);
  const last = assets.at(-1);
  return { assets, nextCursor: rows.length > limit && last ? encodeCursor(last) : null };
}
