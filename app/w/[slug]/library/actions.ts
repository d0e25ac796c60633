"use server";
import { z } from "zod";
import { analyseAsset as analyse } from "@/inngest";
import * as assets from "@/lib/assets";
import { BoardName } from "@/lib/assets/schema";
import { action } from "@/lib/http/action";
import { toAssetViews } from "@/lib/http/media-urls";
import { idOf } from "@/lib/text";

const AssetId = idOf("asset");
const BoardId = idOf("board");
const ids = z.array(AssetId).min(1).max(1_000);

export const starAssets = action(z.object({ ids, starred: z.boolean() }), ({ caller, input }) =>
  assets.starAssets(caller, input.ids, input.starred),
);

export const deleteAssets = action(z.object({ ids }), ({ caller, input }) =>
  assets.deleteAssets(caller, input.ids),
);

/** Gives the assets back as pages show them, with fresh links. */
export const restoreAssets = action(z.object({ ids }), async ({ caller, input }) => {
  const restored = await assets.restoreAssets(caller, input.ids);
  return toAssetViews(await assets.findAssets(caller, restored));
});

export const createBoard = action(
  z.object({ name: BoardName, assetIds: z.array(AssetId).max(1_000).default([]) }),
  async ({ caller, input }) => {
    const board = await assets.createBoard(caller, input.name);
    if (input.assetIds.length > 0) await assets.addToBoard(caller, board.id, input.assetIds);
    return { id: board.id, name: board.name };
  },
);

export const renameBoard = action(z.object({ id: BoardId, name: BoardName }), async ({ caller, input }) => {
  await assets.renameBoard(caller, input.id, input.name);
});

export const deleteBoard = action(z.object({ id: BoardId }), ({ caller, input }) =>
  assets.deleteBoard(caller, input.id),
);

const OnBoard = z.object({ boardId: BoardId, ids });

export const addToBoard = action(OnBoard, ({ caller, input }) =>
  assets.addToBoard(caller, input.boardId, input.ids),
);

export const removeFromBoard = action(OnBoard, ({ caller, input }) =>
  assets.removeFromBoard(caller, input.boardId, input.ids),
);

/** Orders a reading of a picture, or of a video's frame. Gives the id of its job. */
export const analyseAsset = action(
  z.object({ id: AssetId, atSeconds: z.number().min(0).max(86_400).optional() }),
  async ({ caller, input }) => ({ jobId: (await analyse(caller, input.id, input.atSeconds)).id }),
);
