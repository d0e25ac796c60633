"use client";
import { Toaster as Sonner, toast as sonner } from "sonner";
import type { ErrorRecord } from "@/lib/errors";

export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      offset={16}
      mobileOffset={{ bottom: 72 }}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-full items-start gap-3 rounded-lg border border-line-strong bg-raised px-4 py-3 text-sm text-ink shadow-float sm:w-88",
          content: "grid flex-1 gap-0.5",
          title: "font-medium",
          description: "text-ink-2",
          icon: "mt-0.5 text-ink-3 [&_svg]:size-4",
          actionButton:
            "shrink-0 rounded-md border border-line-strong px-2.5 py-1 text-xs font-medium hover:bg-hover",
          cancelButton: "shrink-0 rounded-md px-2.5 py-1 text-xs text-ink-2 hover:bg-hover",
          error: "border-danger",
        },
      }}
    />
  );
}

type Action = { label: string; onClick: () => void };

/** Short notes at the edge. An error says what happened and what to do next, and stays longer. */
export const toast = {
  note: (title: string, action?: Action) => sonner(title, { action }),
  done: (title: string, action?: Action) => sonner.success(title, { action }),
  error: (error: Pick<ErrorRecord, "message" | "action">, action?: Action) =>
    sonner.error(error.message, { description: error.action, action, duration: 12_000 }),
};
