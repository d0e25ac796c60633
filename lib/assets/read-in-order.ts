import { and, asc, desc, eq, exists, getTableColumns, isNull, type SQL, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import type { Place } from "@/lib/cursor";
import { db, schema } from "@/lib/db";
import { type Asset, assetColumns } from "./asset";
import type { AssetFilter } from "./schema";
import { hasTag, matchesWords } from "./search";

type Reading = { filter: AssetFilter; from?: Place; way?: "older" | "newer"; limit: number };

/** So many assets are looked at one after the other before the word index is asked. About 10 ms. */
const NEARBY = 5_000;
const EVERYTHING = 2 ** 31;

/**
 * Assets of the library that match a filter, sorted by (created_at, id), from a place onwards.
 *
 * Postgres cannot tell a rare word from a common one before it has looked, and both single plans are slow for
 * one of the two: walking the time index meets a rare word after a million rows, and the word index returns
 * half a million rows for a common one. So words are looked for nearby first, and in the word index after that.
 */
export async function readInOrder(caller: Caller, reading: Reading): Promise<Asset[]> {
  const { filter, from, way = "older", limit } = reading;
  const base = and(
    eq(schema.asset.workspaceId, caller.workspaceId),
    isNull(schema.asset.deletedAt),
    from && isPast(from, way),
  );
  const asked = conditions(filter);
  const order = inOrder(way);
  if (!filter.q && !filter.tag) {
    return db()
      .select(assetColumns)
      .from(schema.asset)
      .where(and(base, ...asked))
      .orderBy(...order)
      .limit(limit);
  }
  // Both inner queries are called "asset", so that the conditions read the same within and around them.
  const all = db().select(getTableColumns(schema.asset)).from(schema.asset);
  const nearby = all
    .where(base)
    .orderBy(...order)
    .limit(NEARBY)
    .as("asset");
  const found = await db()
    .select(assetColumns)
    .from(nearby)
    .where(and(...asked))
    .orderBy(...order)
    .limit(limit);
  if (found.length === limit) return found;
  // Even a limit that cuts nothing keeps the planner from walking the time index again.
  const indexed = db()
    .select(assetColumns)
    .from(schema.asset)
    .where(and(base, ...asked))
    .limit(EVERYTHING)
    .as("asset");
  return db()
    .select(assetColumns)
    .from(indexed)
    .orderBy(...order)
    .limit(limit);
}

function inOrder(way: "older" | "newer"): SQL[] {
  const sort = way === "older" ? desc : asc;
  return [sort(schema.asset.createdAt), sort(schema.asset.id)];
}

function isPast({ createdAt, id }: Place, way: "older" | "newer"): SQL {
  const place = sql`(${createdAt.toISOString()}::timestamptz, ${id})`;
  const here = sql`(${schema.asset.createdAt}, ${schema.asset.id})`;
  return way === "older" ? sql`${here} < ${place}` : sql`${here} > ${place}`;
}

function conditions(filter: AssetFilter): (SQL | undefined)[] {
  const { asset } = schema;
  return [
    filter.q ? matchesWords(filter.q) : undefined,
    filter.tag ? hasTag(filter.tag) : undefined,
    filter.kind && eq(asset.kind, filter.kind),
    filter.starred ? eq(asset.starred, true) : undefined,
    filter.draft === undefined ? undefined : eq(asset.draft, filter.draft),
    filter.jobId ? eq(asset.jobId, filter.jobId) : undefined,
    filter.model ? eq(asset.model, filter.model) : undefined,
    filter.boardId ? isOnBoard(filter.boardId) : undefined,
  ];
}

function isOnBoard(boardId: string): SQL {
  const { asset, boardAsset } = schema;
  return exists(
    db()
      .select({ one: sql`1` })
      .from(boardAsset)
      .where(and(eq(boardAsset.boardId, boardId), eq(boardAsset.assetId, asset.id))),
  );
}
