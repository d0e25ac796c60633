import { and, eq, inArray } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Asset, assetColumns, type NewAsset } from "./asset";

/**
 * Stores an asset and what it was made from. An id that exists already gives back the asset kept under it,
 * unchanged: a step that runs twice makes one asset. Sources of other workspaces are left out.
 */
export async function createAsset(tx: Tx, { sourceIds = [], ...row }: NewAsset): Promise<Asset> {
  const [created] = await tx.insert(schema.asset).values(row).onConflictDoNothing().returning(assetColumns);
  if (!created) return findKept(tx, row);
  await addSources(tx, created, sourceIds);
  return created;
}

async function findKept(tx: Tx, row: NewAsset): Promise<Asset> {
  const [kept] = await tx
    .select(assetColumns)
    .from(schema.asset)
    .where(and(eq(schema.asset.id, row.id), eq(schema.asset.workspaceId, row.workspaceId)));
  if (kept) return kept;
  throw new AppError("conflict", `The asset id ${row.id} belongs to another workspace.`);
}

async function addSources(tx: Tx, made: Asset, sourceIds: string[]): Promise<void> {
  const wanted = sourceIds.filter((id) => id !== made.id);
  if (wanted.length === 0) return;
  const own = await tx
    .select({ id: schema.asset.id })
    .from(schema.asset)
    .where(and(inArray(schema.asset.id, wanted), eq(schema.asset.workspaceId, made.workspaceId)));
  if (own.length === 0) return;
  await tx
    .insert(schema.assetSource)
    .values(own.map(({ id }) => ({ assetId: made.id, sourceId: id })))
    .onConflictDoNothing();
}
