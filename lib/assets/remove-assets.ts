import { and, asc, inArray, lt, sql } from "drizzle-orm";
import { db, schema } from "@/lib/db";
import type { Asset } from "./asset";
import { RESTORABLE_DAYS } from "./change-assets";

const { asset, upload } = schema;

/** Assets of all workspaces that nobody can bring back any more: for the sweep alone. */
export function listUnrestorable(most: number): Promise<Pick<Asset, "id" | "storageKey">[]> {
  return db()
    .select({ id: asset.id, storageKey: asset.storageKey })
    .from(asset)
    .where(lt(asset.deletedAt, sql`now() - make_interval(days => ${RESTORABLE_DAYS})`))
    .orderBy(asc(asset.deletedAt))
    .limit(most);
}

/** Removes the rows of assets whose files are gone, unless someone brought them back in this very moment. */
export async function removeAssets(ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const over = lt(asset.deletedAt, sql`now() - make_interval(days => ${RESTORABLE_DAYS})`);
  await db()
    .delete(asset)
    .where(and(inArray(asset.id, ids), over));
}

/** Which of these ids of assets or uploads exist in any workspace. */
export async function findKnownIds(ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await Promise.all([
    db().select({ id: asset.id }).from(asset).where(inArray(asset.id, ids)),
    db().select({ id: upload.id }).from(upload).where(inArray(upload.id, ids)),
  ]);
  return new Set(rows.flat().map(({ id }) => id));
}
