import type { ComponentProps } from "react";
import { cn } from "./cn";

/** Shared by input, textarea and select. 16 px on phones, so that iOS does not zoom in. */
export const fieldLook =
  "w-full rounded-md border border-edge bg-surface px-3 text-md text-ink transition-colors hover:border-ink-3 focus-visible:border-amber-text focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-danger sm:text-base";

export function Input({ className, type = "text", ...rest }: ComponentProps<"input">) {
  return <input type={type} className={cn(fieldLook, "h-9 coarse:h-11", className)} {...rest} />;
}
