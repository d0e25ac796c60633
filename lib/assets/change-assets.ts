import { and, eq, gt, inArray, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { notFound } from "@/lib/errors";

/** How long a deleted asset can be brought back; after that its files go too. */
export const RESTORABLE_DAYS = 30;

/** Stars one asset, or takes its star away. */
export async function starAsset(caller: Caller, id: string, starred: boolean): Promise<void> {
  const [done] = await starAssets(caller, [id], starred);
  if (!done) throw notFound("asset");
}

/** The same for many; returns the ids that exist here. */
export async function starAssets(caller: Caller, ids: string[], starred: boolean): Promise<string[]> {
  return change(caller, ids, { starred }, isNull(schema.asset.deletedAt));
}

/** Moves assets to the bin. They leave every list at once; `restoreAssets` undoes it for 30 days. */
export async function deleteAssets(caller: Caller, ids: string[]): Promise<string[]> {
  return change(caller, ids, { deletedAt: sql`now()` }, isNull(schema.asset.deletedAt));
}

/** Brings deleted assets back, on their boards and with their stars. Returns the ids that came back. */
export async function restoreAssets(caller: Caller, ids: string[]): Promise<string[]> {
  return change(caller, ids, { deletedAt: null }, isRestorable());
}

function isRestorable(): SQL | undefined {
  const { deletedAt } = schema.asset;
  return and(isNotNull(deletedAt), gt(deletedAt, sql`now() - make_interval(days => ${RESTORABLE_DAYS})`));
}

type Change = { starred: boolean } | { deletedAt: SQL | null };

async function change(caller: Caller, ids: string[], set: Change, only: SQL | undefined): Promise<string[]> {
  requireRole(caller, "editor");
  if (ids.length === 0) return [];
  const rows = await db()
    .update(schema.asset)
    .set(set)
    .where(and(inArray(schema.asset.id, ids), eq(schema.asset.workspaceId, caller.workspaceId), only))
    .returning({ id: schema.asset.id });
  return rows.map((row) => row.id);
}
