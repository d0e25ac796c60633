"use client";
import { Slider as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./cn";

/** `label` names the thumb; `valueText` says the value in words ("5 seconds"). */
export function Slider({
  label,
  valueText,
  className,
  ...rest
}: ComponentProps<typeof Radix.Root> & { label: string; valueText?: string }) {
  return (
    <Radix.Root className={cn("relative flex h-6 w-full touch-none items-center", className)} {...rest}>
      <Radix.Track className="relative h-1 grow rounded-full bg-pressed">
        <Radix.Range className="absolute h-full rounded-full bg-amber" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="block size-4 rounded-full border-2 border-canvas bg-ink transition-transform hover:scale-110"
      />
    </Radix.Root>
  );
}
