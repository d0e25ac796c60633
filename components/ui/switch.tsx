"use client";
import { Switch as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        "inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-edge bg-hover transition-colors data-[state=checked]:border-amber data-[state=checked]:bg-amber disabled:opacity-45",
        className,
      )}
      {...rest}
    >
      <Radix.Thumb className="block size-3.5 translate-x-0.75 rounded-full bg-ink-2 transition-transform data-[state=checked]:translate-x-4.25 data-[state=checked]:bg-amber-ink" />
    </Radix.Root>
  );
}
