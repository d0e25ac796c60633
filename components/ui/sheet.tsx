"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { scrimLook } from "./dialog";
import { IconButton } from "./icon-button";

/** The first field of the panel, else the panel itself: never its Close button, whose name would pop up. */
function focusContent(event: Event) {
  event.preventDefault();
  const panel = event.currentTarget as HTMLElement;
  (panel.querySelector<HTMLElement>("input, textarea, select") ?? panel).focus();
}

/** A panel from the right edge; from the bottom edge on phones. */
export function Sheet({
  title,
  description,
  trigger,
  className,
  children,
  ...root
}: {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: string;
  description?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Radix.Root {...root}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={scrimLook} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          tabIndex={-1}
          onOpenAutoFocus={focusContent}
          className={cn(
            "fixed z-50 flex flex-col border-line-strong bg-raised shadow-float outline-none max-sm:inset-x-0 max-sm:bottom-0 max-sm:max-h-[88dvh] max-sm:rounded-t-xl max-sm:border-t sm:inset-y-0 sm:right-0 sm:w-104 sm:border-l data-[state=open]:animate-in max-sm:data-[state=open]:slide-in-from-bottom-8 sm:data-[state=open]:slide-in-from-right-8 data-[state=open]:fade-in-0 duration-150",
            className,
          )}
        >
          <header className="flex items-start gap-4 border-b px-5 py-4">
            <div className="grid flex-1 gap-0.5">
              <Radix.Title className="font-semibold text-md">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-ink-2 text-sm">{description}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label="Close" size="sm">
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-5">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
