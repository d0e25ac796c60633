import type { ReactNode } from "react";
import { cn } from "./cn";

/** An empty page: what could be here, and one way to begin. */
export function EmptyState({
  picture,
  title,
  heading: Heading = "h2",
  children,
  action,
  className,
}: {
  picture?: ReactNode;
  title: string;
  /** `h1` where this is the whole page. */
  heading?: "h1" | "h2";
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn("mx-auto grid max-w-sm justify-items-center gap-2 px-4 py-16 text-center", className)}>
      {picture && <div className="mb-3 text-ink-3 [&>svg]:size-8">{picture}</div>}
      <Heading className="font-semibold text-md">{title}</Heading>
      {children && <div className="text-ink-2 text-sm">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
