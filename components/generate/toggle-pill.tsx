"use client";
import type { ReactNode } from "react";
import { cn } from "../ui/cn";
import { pillLook } from "../ui/select";
import { Tooltip } from "../ui/tooltip";

/** A pill that is on or off. */
export function TogglePill({
  label,
  hint,
  icon,
  on,
  onChange,
}: {
  label: string;
  hint: string;
  icon: ReactNode;
  on: boolean;
  onChange: (on: boolean) => void;
}) {
  return (
    <Tooltip text={hint} side="bottom">
      <button
        type="button"
        aria-pressed={on}
        onClick={() => onChange(!on)}
        className={cn(
          pillLook,
          "aria-pressed:border-amber-text/60 aria-pressed:bg-amber-wash aria-pressed:text-amber-text",
        )}
      >
        {icon}
        {label}
      </button>
    </Tooltip>
  );
}
