"use client";
import { Plus } from "lucide-react";
import Link from "next/link";
import { type DragEvent, useState } from "react";
import type { BoardView } from "@/lib/assets/schema";
import { useLibrary } from "../library/actions";
import { carriesAssets, droppedAssetIds } from "../library/drag-asset";
import { cn } from "../ui/cn";
import { toast } from "../ui/toast";
import { useAct } from "../use-act";
import { BoardCover } from "./board-cover";
import { NewBoard } from "./new-board";

/** The boards in a row. Assets can be dropped on them. */
export function BoardStrip({ boards }: { boards: BoardView[] }) {
  const { canEdit } = useLibrary();
  return (
    <nav aria-label="Boards" className="-mx-4 overflow-x-auto px-4 [scrollbar-width:none] sm:-mx-8 sm:px-8">
      <ul className="flex gap-2 py-1">
        {boards.map((board) => (
          <BoardCard key={board.id} board={board} />
        ))}
        {canEdit && (
          <li className="shrink-0">
            <NewBoard>
              <button
                type="button"
                className="flex h-14 items-center gap-2.5 rounded-lg border border-line-strong border-dashed px-4 text-ink-2 text-sm transition-colors hover:border-ink-3 hover:text-ink"
              >
                <Plus aria-hidden="true" className="size-4" /> New board
              </button>
            </NewBoard>
          </li>
        )}
      </ul>
    </nav>
  );
}

function BoardCard({ board }: { board: BoardView }) {
  const { slug, canEdit, actions } = useLibrary();
  const [, act] = useAct();
  const [over, setOver] = useState(false);
  const hover = (event: DragEvent) => {
    if (!canEdit || !carriesAssets(event)) return;
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    const ids = droppedAssetIds(event);
    setOver(false);
    if (ids.length === 0) return;
    event.preventDefault();
    void act(
      () => actions.addToBoard(slug, { boardId: board.id, ids }),
      (added) => toast.done(added.length > 0 ? `Added to ${board.name}` : `Already on ${board.name}`),
    );
  };
  return (
    <li className="shrink-0">
      <Link
        href={`/w/${slug}/boards/${board.id}`}
        draggable={false}
        onDragEnter={hover}
        onDragOver={hover}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex h-14 max-w-60 items-center gap-3 rounded-lg border bg-surface pr-4 pl-1.5 transition-colors hover:bg-hover",
          over && "border-amber bg-amber-wash",
        )}
      >
        <BoardCover covers={board.covers} className="size-11 shrink-0" />
        <span className="grid min-w-0">
          <span className="truncate font-medium text-sm">{board.name}</span>
          <span className="figures text-ink-3 text-xs">{countWords(board.count)}</span>
        </span>
      </Link>
    </li>
  );
}

export function countWords(count: number): string {
  if (count === 0) return "empty";
  return count === 1 ? "1 asset" : `${count.toLocaleString("en")} assets`;
}
