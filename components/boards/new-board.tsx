"use client";
import { useRouter } from "next/navigation";
import { Slot } from "radix-ui";
import { type ReactElement, useState } from "react";
import { useLibrary } from "../library/actions";
import { BoardNameDialog } from "./board-name-dialog";

/** Makes its child ask for a name and make a board; nothing for viewers. */
export function NewBoard({ children }: { children: ReactElement }) {
  const { slug, canEdit, actions } = useLibrary();
  const router = useRouter();
  const [naming, setNaming] = useState(false);
  if (!canEdit) return null;
  const create = async (name: string) => {
    const answer = await actions.createBoard(slug, { name });
    if (answer.ok) router.refresh();
    return answer;
  };
  return (
    <>
      <Slot.Root onClick={() => setNaming(true)}>{children}</Slot.Root>
      <BoardNameDialog
        open={naming}
        onOpenChange={setNaming}
        title="New board"
        action="Make the board"
        onName={create}
      />
    </>
  );
}
