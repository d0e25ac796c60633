"use client";
import { LayoutGrid, MinusCircle, Star, Trash2, X } from "lucide-react";
import type { BoardView } from "@/lib/assets/schema";
import { BoardMenu } from "../boards/board-menu";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import type { Selection } from "./use-selection";
import type { Wall } from "./use-wall";
import type { WallActions } from "./use-wall-actions";

/** What can be done with what is chosen, at the lower edge while something is. */
export function SelectionBar({
  wall,
  selection,
  act,
  boards,
  board,
}: {
  wall: Wall;
  selection: Selection;
  act: WallActions;
  boards: BoardView[];
  /** On a board's own page: that board. */
  board?: { id: string; name: string };
}) {
  const { ids, clear } = selection;
  const chosen = wall.assets.filter(({ id }) => selection.isChosen(id));
  const allStarred = chosen.length > 0 && chosen.every(({ starred }) => starred);
  const words = `${ids.length} selected`;
  return (
    <>
      <p role="status" className="sr-only">
        {ids.length > 0 ? words : ""}
      </p>
      {ids.length > 0 && (
        <div
          role="toolbar"
          aria-label="What is selected"
          className="-translate-x-1/2 fixed bottom-5 left-1/2 z-30 flex max-w-[calc(100vw-1rem)] items-center gap-1 rounded-xl border border-line-strong bg-raised p-1.5 shadow-float animate-in fade-in-0 slide-in-from-bottom-2 max-sm:bottom-17"
        >
          <span aria-hidden="true" className="figures whitespace-nowrap pr-2 pl-3 font-medium text-sm">
            {words}
          </span>
          <Button variant="quiet" onClick={() => void act.star(ids, !allStarred)}>
            <Star aria-hidden="true" className={allStarred ? "fill-amber text-amber" : ""} />
            <span className="max-sm:sr-only">{allStarred ? "Take stars off" : "Star"}</span>
          </Button>
          <BoardMenu
            boards={boards}
            ids={ids}
            side="top"
            onDone={clear}
            trigger={
              <Button variant="quiet">
                <LayoutGrid aria-hidden="true" />
                <span className="max-sm:sr-only">Add to board</span>
              </Button>
            }
          />
          {board && (
            <Button
              variant="quiet"
              onClick={() => {
                clear();
                void act.takeOff(chosen, board);
              }}
            >
              <MinusCircle aria-hidden="true" />
              <span className="max-sm:sr-only">Take off the board</span>
            </Button>
          )}
          <Button
            variant="quiet"
            onClick={() => {
              clear();
              void act.remove(chosen);
            }}
            className="text-danger-text hover:bg-danger-wash hover:text-danger-text"
          >
            <Trash2 aria-hidden="true" />
            <span className="max-sm:sr-only">Delete</span>
          </Button>
          <span aria-hidden="true" className="mx-1 h-5 w-px bg-line-strong" />
          <IconButton label="Clear the selection" keys={["Esc"]} onClick={clear}>
            <X aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </>
  );
}
