"use client";
import { useTransition } from "react";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";

/** A board cannot be brought back, so it asks; what lies on it stays. */
export function DeleteBoardDialog({
  open,
  onOpenChange,
  name,
  onDelete,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  name: string;
  onDelete: () => Promise<void>;
}) {
  const [busy, start] = useTransition();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete the board “${name}”?`}
      description="What lies on it stays in the library."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Keep it</Button>
          <Button variant="danger" busy={busy} onClick={() => start(onDelete)}>
            Delete the board
          </Button>
        </>
      }
    />
  );
}
