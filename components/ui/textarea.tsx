import type { ComponentProps } from "react";
import { cn } from "./cn";
import { fieldLook } from "./input";

/** Grows with its text where the browser can. */
export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={cn(fieldLook, "field-sizing-content min-h-20 resize-y py-2 leading-relaxed", className)}
      {...rest}
    />
  );
}
