import type { CSSProperties } from "react";
import { cn } from "./cn";

/** Stands where something will be, in its final shape. */
export function Skeleton({ className, style }: { className?: string; style?: CSSProperties }) {
  return <div aria-hidden="true" style={style} className={cn("skeleton rounded-sm", className)} />;
}
