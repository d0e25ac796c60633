"use client";
import { Ellipsis, PencilLine, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useLibrary } from "../library/actions";
import { Menu, MenuItem } from "../ui/dropdown-menu";
import { IconButton } from "../ui/icon-button";
import { toast } from "../ui/toast";
import { useAct } from "../use-act";
import { BoardNameDialog } from "./board-name-dialog";
import { DeleteBoardDialog } from "./delete-board-dialog";

/** Rename and delete, on a board's own page. */
export function BoardActions({ board }: { board: { id: string; name: string } }) {
  const { slug, canEdit, actions } = useLibrary();
  const router = useRouter();
  const [, act] = useAct();
  const [renaming, setRenaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  if (!canEdit) return null;
  const remove = async () => {
    const answer = await actions.deleteBoard(slug, { id: board.id });
    if (answer.ok) {
      toast.note(`Board ${board.name} deleted`);
      router.push(`/w/${slug}/library`);
    } else toast.error(answer.error);
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setRenaming(true)}>
          <PencilLine aria-hidden="true" /> Rename
        </MenuItem>
        <MenuItem danger onSelect={() => setDeleting(true)}>
          <Trash2 aria-hidden="true" /> Delete the board
        </MenuItem>
      </Menu>
      <BoardNameDialog
        open={renaming}
        onOpenChange={setRenaming}
        title="Rename the board"
        action="Rename"
        name={board.name}
        onName={(name) => act(() => actions.renameBoard(slug, { id: board.id, name }))}
      />
      <DeleteBoardDialog open={deleting} onOpenChange={setDeleting} name={board.name} onDelete={remove} />
    </>
  );
}
