import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { type Asset, assetColumns } from "./asset";

type FindOptions = {
  /** Also finds what lies in the bin: a job may still need a picture that was deleted after it began. */
  includeDeleted?: boolean;
};

/** One asset of the caller's workspace; `not_found` otherwise. */
export async function findAsset(caller: Caller, id: string, options: FindOptions = {}): Promise<Asset> {
  const [found] = await findAssets(caller, [id], options);
  if (!found) throw notFound("asset");
  return found;
}

/** The assets that exist among these ids, in the order asked for. */
export async function findAssets(caller: Caller, ids: string[], options: FindOptions = {}): Promise<Asset[]> {
  if (ids.length === 0) return [];
  const rows = await db()
    .select(assetColumns)
    .from(schema.asset)
    .where(
      and(
        inArray(schema.asset.id, ids),
        eq(schema.asset.workspaceId, caller.workspaceId),
        options.includeDeleted ? undefined : isNull(schema.asset.deletedAt),
      ),
    );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
