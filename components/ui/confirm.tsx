"use client";
import { AlertDialog as Radix } from "radix-ui";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "./button";
import { scrimLook } from "./dialog";

/** Asks before something that cannot be taken back or that costs money. */
export function Confirm({
  trigger,
  title,
  description,
  action,
  cancel = "Keep it as it is",
  danger = false,
  onConfirm,
}: {
  trigger: ReactNode;
  title: string;
  description: ReactNode;
  /** What the button does: "Cancel the job", never "OK". */
  action: string;
  cancel?: string;
  danger?: boolean;
  onConfirm: () => void | Promise<void>;
}) {
  const [open, setOpen] = useState(false);
  const [busy, start] = useTransition();
  const confirm = () =>
    start(async () => {
      await onConfirm();
      setOpen(false);
    });
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className={scrimLook} />
        <Radix.Content className="-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 grid w-[calc(100vw-2rem)] max-w-sm gap-2 rounded-xl border border-line-strong bg-raised p-5 shadow-float outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0">
          <Radix.Title className="font-semibold text-md">{title}</Radix.Title>
          <Radix.Description asChild>
            <div className="text-ink-2 text-sm">{description}</div>
          </Radix.Description>
          <footer className="mt-3 flex flex-wrap justify-end gap-2">
            <Radix.Cancel asChild>
              <Button>{cancel}</Button>
            </Radix.Cancel>
            <Button variant={danger ? "danger" : "primary"} busy={busy} onClick={confirm}>
              {action}
            </Button>
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
