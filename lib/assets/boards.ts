import { and, eq, sql } from "drizzle-orm";
import type { Caller } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { notFound } from "@/lib/errors";
import type { Asset } from "./asset";
import { findAssets } from "./find-asset";

export type Board = { id: string; name: string; createdAt: Date };
/** A board in the list: how many assets lie on it, and up to four that were added last. */
export type BoardSummary = Board & { count: number; covers: Asset[] };

const { id, name, createdAt } = schema.board;

/** One board of the caller's workspace; `not_found` otherwise. */
export async function findBoard(caller: Caller, boardId: string): Promise<Board> {
  const [found] = await db()
    .select({ id, name, createdAt })
    .from(schema.board)
    .where(and(eq(id, boardId), eq(schema.board.workspaceId, caller.workspaceId)));
  if (!found) throw notFound("board");
  return found;
}

/** Every board of the workspace by name, with its count and covers. */
export async function listBoards(caller: Caller): Promise<BoardSummary[]> {
  // Deleted assets are few: taking them off the count is far quicker than looking at each asset of a board.
  const rows = await db().execute<Row>(sql`
    select board.id, board.name, board.created_at as "createdAt",
      ((select count(*) from board_asset where board_id = board.id)
        - (select count(*) from board_asset join asset on asset.id = asset_id
           where board_id = board.id and asset.deleted_at is not null))::int as count,
      array(select asset_id from board_asset join asset on asset.id = asset_id
        where board_id = board.id and asset.deleted_at is null
        order by board_asset.created_at desc, asset_id desc limit 4) as covers
    from board
    where board.workspace_id = ${caller.workspaceId}
    order by lower(board.name), board.id`);
  const covers = await findAssets(caller, [...new Set(rows.flatMap((row) => row.covers))]);
  const byId = new Map(covers.map((asset) => [asset.id, asset]));
  return rows.map((row) => ({
    ...row,
    createdAt: new Date(row.createdAt),
    covers: row.covers.flatMap((cover) => byId.get(cover) ?? []),
  }));
}

type Row = { id: string; name: string; createdAt: string; count: number; covers: string[] };

/** The boards that hold an asset. */
export async function boardsOf(caller: Caller, assetId: string): Promise<Board[]> {
  return db()
    .select({ id, name, createdAt })
    .from(schema.board)
    .innerJoin(schema.boardAsset, eq(schema.boardAsset.boardId, id))
    .where(and(eq(schema.boardAsset.assetId, assetId), eq(schema.board.workspaceId, caller.workspaceId)))
    .orderBy(sql`lower(${name})`);
}
