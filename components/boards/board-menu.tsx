"use client";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { BoardView } from "@/lib/assets/schema";
import { useLibrary } from "../library/actions";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../ui/dropdown-menu";
import { toast } from "../ui/toast";
import { useAct } from "../use-act";
import { BoardCover } from "./board-cover";
import { BoardNameDialog } from "./board-name-dialog";

/** "Add to board": the boards there are, and a new one. */
export function BoardMenu({
  boards,
  ids,
  trigger,
  onDone,
  side,
}: {
  boards: BoardView[];
  /** What is added. */
  ids: string[];
  trigger: ReactNode;
  onDone?: () => void;
  side?: "top" | "bottom";
}) {
  const { slug, actions } = useLibrary();
  const [, act] = useAct();
  const [naming, setNaming] = useState(false);
  const add = (board: BoardView) =>
    void act(
      () => actions.addToBoard(slug, { boardId: board.id, ids }),
      (added) => {
        toast.done(added.length > 0 ? `Added to ${board.name}` : `Already on ${board.name}`);
        onDone?.();
      },
    );
  const create = (name: string) =>
    act(
      () => actions.createBoard(slug, { name, assetIds: ids }),
      (board) => {
        toast.done(`Added to ${board.name}`);
        onDone?.();
      },
    );
  return (
    <>
      <Menu trigger={trigger} side={side} align="center" className="w-64">
        {boards.length > 0 && <MenuLabel>Add to board</MenuLabel>}
        {boards.map((board) => (
          <MenuItem key={board.id} onSelect={() => add(board)}>
            <BoardCover covers={board.covers} className="size-6 rounded-xs [&_svg]:size-3" />
            <span className="min-w-0 flex-1 truncate">{board.name}</span>
            <span className="figures text-ink-3 text-xs">{board.count}</span>
          </MenuItem>
        ))}
        {boards.length > 0 && <MenuLine />}
        <MenuItem onSelect={() => setNaming(true)}>
          <Plus aria-hidden="true" /> New board
        </MenuItem>
      </Menu>
      <BoardNameDialog
        open={naming}
        onOpenChange={setNaming}
        title="New board"
        action={ids.length === 1 ? "Make it and add this" : `Make it and add ${ids.length}`}
        onName={create}
      />
    </>
  );
}
