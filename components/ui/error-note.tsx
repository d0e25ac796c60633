import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

/** What went wrong, what to do next, and the button that does it. */
export function ErrorNote({
  message,
  action,
  children,
  className,
}: {
  message: ReactNode;
  action?: ReactNode;
  /** Buttons. */
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div
      role="alert"
      className={cn(
        "flex flex-wrap items-start gap-x-3 gap-y-3 rounded-lg border border-danger/50 bg-danger-wash px-4 py-3 text-sm",
        className,
      )}
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger-text" />
      <div className="grid min-w-[min(100%,16rem)] flex-1 basis-0 gap-0.5">
        <p className="font-medium text-ink">{message}</p>
        {action && <p className="text-ink-2">{action}</p>}
      </div>
      {children && <div className="flex flex-wrap gap-2">{children}</div>}
    </div>
  );
}
