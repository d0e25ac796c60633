"use client";
import { useSyncExternalStore } from "react";
import { cn } from "./cn";

const MAC: Record<string, string> = { Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "⏎" };
const OTHER: Record<string, string> = { Mod: "Ctrl", Enter: "Enter" };
const never = () => () => undefined;

/** Keys as they stand on this person's keyboard: `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
export function Kbd({ keys, className }: { keys: string[]; className?: string }) {
  const isMac = useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
  const names = isMac ? MAC : OTHER;
  return (
    <span className={cn("inline-flex items-center gap-0.5", className)}>
      {keys.map((key) => (
        <kbd
          key={key}
          className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-xs border border-line-strong px-1 font-sans text-2xs text-ink-2"
        >
          {names[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
