import { and, eq, inArray, isNull } from "drizzle-orm";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { validate } from "@/lib/validate";
import { type Board, findBoard } from "./boards";
import { BoardName } from "./schema";

const board = { id: schema.board.id, name: schema.board.name, createdAt: schema.board.createdAt };

export async function createBoard(caller: Caller, name: string): Promise<Board> {
  requireRole(caller, "editor");
  const [created] = await db()
    .insert(schema.board)
    .values({ id: newId("board"), workspaceId: caller.workspaceId, name: validate(BoardName, name) })
    .returning(board);
  if (!created) throw new AppError("internal", "The board was not stored.");
  return created;
}

export async function renameBoard(caller: Caller, id: string, name: string): Promise<Board> {
  requireRole(caller, "editor");
  const [renamed] = await db()
    .update(schema.board)
    .set({ name: validate(BoardName, name) })
    .where(isOwn(caller, id))
    .returning(board);
  if (!renamed) throw notFound("board");
  return renamed;
}

/** Deletes the board; what lay on it stays in the library. */
export async function deleteBoard(caller: Caller, id: string): Promise<void> {
  requireRole(caller, "editor");
  const deleted = await db().delete(schema.board).where(isOwn(caller, id)).returning(board);
  if (deleted.length === 0) throw notFound("board");
}

/** Puts assets on a board; those that lie there already stay. Returns the ids that were added. */
export async function addToBoard(caller: Caller, boardId: string, assetIds: string[]): Promise<string[]> {
  requireRole(caller, "editor");
  await findBoard(caller, boardId);
  const own = await db()
    .select({ assetId: schema.asset.id })
    .from(schema.asset)
    .where(
      and(
        inArray(schema.asset.id, assetIds),
        eq(schema.asset.workspaceId, caller.workspaceId),
        isNull(schema.asset.deletedAt),
      ),
    );
  if (own.length === 0) throw notFound("asset");
  const added = await db()
    .insert(schema.boardAsset)
    .values(own.map(({ assetId }) => ({ boardId, assetId })))
    .onConflictDoNothing()
    .returning({ assetId: schema.boardAsset.assetId });
  return added.map((row) => row.assetId);
}

/** Takes assets off a board; they stay in the library. Returns the ids that were taken off. */
export async function removeFromBoard(
  caller: Caller,
  boardId: string,
  assetIds: string[],
): Promise<string[]> {
  requireRole(caller, "editor");
  await findBoard(caller, boardId);
  const { boardAsset } = schema;
  const removed = await db()
    .delete(boardAsset)
    .where(and(eq(boardAsset.boardId, boardId), inArray(boardAsset.assetId, assetIds)))
    .returning({ assetId: boardAsset.assetId });
  return removed.map((row) => row.assetId);
}

function isOwn(caller: Caller, id: string) {
  return and(eq(schema.board.id, id), eq(schema.board.workspaceId, caller.workspaceId));
}
