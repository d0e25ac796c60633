"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn";

export function Tabs({
  label,
  tabs,
  className,
  ...root
}: {
  label: string;
  tabs: { value: string; label: ReactNode; content: ReactNode }[];
  value?: string;
  defaultValue?: string;
  onValueChange?: (value: string) => void;
  className?: string;
}) {
  return (
    <Radix.Root className={cn("grid gap-4", className)} {...root}>
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.value} value={tab.value} className={tabLook}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}

/** Also for links that look like tabs: give the current one `aria-current="page"`. */
export const tabLook =
  "-mb-px inline-flex h-9 shrink-0 items-center gap-2 border-transparent border-b-2 px-2.5 text-ink-3 text-sm transition-colors hover:text-ink coarse:h-11 data-[state=active]:border-amber data-[state=active]:text-ink aria-[current=page]:border-amber aria-[current=page]:text-ink -outline-offset-2";
