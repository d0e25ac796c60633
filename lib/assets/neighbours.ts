import type { Caller } from "@/lib/auth/caller";
import type { Asset } from "./asset";
import { readInOrder } from "./read-in-order";
import type { AssetFilter } from "./schema";

export type Neighbours = { newerId: string | null; olderId: string | null };

/** What lies next to an asset in the list that a filter gives: for "previous" and "next". */
export async function neighbours(
  caller: Caller,
  asset: Asset,
  filter: AssetFilter = {},
): Promise<Neighbours> {
  const [[newer], [older]] = await Promise.all([
    readInOrder(caller, { filter, from: asset, way: "newer", limit: 1 }),
    readInOrder(caller, { filter, from: asset, way: "older", limit: 1 }),
  ]);
  return { newerId: newer?.id ?? null, olderId: older?.id ?? null };
}
