import type { ReactNode } from "react";
import { cn } from "./cn";

const TONE = {
  plain: "border-line-strong text-ink-2",
  amber: "border-transparent bg-amber-wash text-amber-text",
  danger: "border-transparent bg-danger-wash text-danger-text",
};

export function Badge({
  tone = "plain",
  className,
  children,
}: {
  tone?: keyof typeof TONE;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-sm border px-1.5 font-medium text-2xs",
        TONE[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** Marks what the built-in offline engine made. */
export function DraftBadge({ className }: { className?: string }) {
  return <Badge className={className}>Draft</Badge>;
}
