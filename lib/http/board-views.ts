import type { BoardSummary } from "@/lib/assets";
import type { BoardView } from "@/lib/assets/schema";
import { toAssetViews } from "./media-urls";

/** Boards as a browser may see them. */
export function toBoardViews(boards: BoardSummary[]): Promise<BoardView[]> {
  return Promise.all(
    boards.map(async ({ id, name, count, covers }) => ({
      id,
      name,
      count,
      covers: (await toAssetViews(covers)).map(({ thumbUrl }) => thumbUrl),
    })),
  );
}
