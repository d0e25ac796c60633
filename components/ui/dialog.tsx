"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";

export const DialogClose = Radix.Close;
export const scrimLook =
  "fixed inset-0 z-40 bg-scrim data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=closed]:fade-out-0";

type DialogProps = {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  className?: string;
  children?: ReactNode;
};

export function Dialog({ trigger, title, description, footer, className, children, ...root }: DialogProps) {
  return (
    <Radix.Root {...root}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className={scrimLook} />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cn(
            "-translate-x-1/2 -translate-y-1/2 fixed top-1/2 left-1/2 z-50 grid max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-md gap-4 overflow-y-auto rounded-xl border border-line-strong bg-raised p-5 shadow-float outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98",
            className,
          )}
        >
          <header className="grid gap-1 pr-8">
            <Radix.Title className="font-semibold text-md">{title}</Radix.Title>
            {description && (
              <Radix.Description className="text-ink-2 text-sm">{description}</Radix.Description>
            )}
          </header>
          {children}
          {footer && <footer className="flex flex-wrap justify-end gap-2">{footer}</footer>}
          <Radix.Close asChild>
            <IconButton label="Close" size="sm" className="absolute top-3.5 right-3.5">
              <X aria-hidden="true" />
            </IconButton>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
