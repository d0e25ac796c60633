import type { ReactNode } from "react";
import { cn } from "../ui/cn";

/** Something that a person has to know or decide, with the buttons for it. */
export function Panel({
  icon,
  title,
  buttons,
  className,
  children,
}: {
  icon?: ReactNode;
  title: string;
  buttons: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className={cn(
        "grid gap-3 rounded-lg border border-line-strong bg-surface px-4 py-4 sm:px-5",
        className,
      )}
    >
      <div className="flex items-start gap-3 [&>svg]:mt-0.5 [&>svg]:size-4.5 [&>svg]:shrink-0">
        {icon}
        <div className="grid gap-1 text-ink-2 text-sm">
          <h2 className="font-medium text-base text-ink">{title}</h2>
          <div className="max-w-2xl">{children}</div>
        </div>
      </div>
      {buttons && <div className="flex flex-wrap justify-end gap-2">{buttons}</div>}
    </section>
  );
}
