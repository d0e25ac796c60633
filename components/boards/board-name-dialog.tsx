"use client";
import { type FormEvent, useState } from "react";
import type { Answer } from "../answer";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { unreachable } from "../use-act";

/** Asks for a board's name; closes when the server took it, and says why when it did not. */
export function BoardNameDialog({
  open,
  onOpenChange,
  title,
  action,
  name = "",
  onName,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What the button says. */
  action: string;
  name?: string;
  onName: (name: string) => Promise<Answer<unknown>>;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = String(new FormData(event.currentTarget).get("name") ?? "");
    setBusy(true);
    const answer = await onName(given).catch(unreachable);
    setBusy(false);
    if (answer.ok) onOpenChange(false);
    else setProblem(answer.error.fields?.name ?? `${answer.error.message} ${answer.error.action ?? ""}`);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setProblem(undefined);
        onOpenChange(next);
      }}
      title={title}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field id="board-name" label="Name" error={problem}>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={name}
              maxLength={1_000}
              required
              autoComplete="off"
              autoFocus
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
