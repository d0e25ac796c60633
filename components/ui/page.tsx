import type { ReactNode } from "react";
import { cn } from "./cn";

/** A page's column: the same margins and head everywhere. */
export function Page({
  title,
  lead,
  actions,
  wide = false,
  className,
  children,
}: {
  title: ReactNode;
  lead?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  /** Walls of pictures take the whole width. */
  wide?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <div
      className={cn(
        "mx-auto grid w-full gap-6 px-4 py-6 sm:px-8 sm:py-8",
        wide ? "max-w-[110rem]" : "max-w-5xl",
        className,
      )}
    >
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <h1 className="font-semibold text-lg">{title}</h1>
          {lead && <p className="text-ink-2 text-sm">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a settings page. */
export function Section({
  title,
  lead,
  actions,
  children,
  className,
}: {
  title: string;
  lead?: ReactNode;
  /** Buttons at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}) {
  return (
    <section className={cn("grid gap-3", className)}>
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-0.5">
          <h2 className="font-semibold text-base">{title}</h2>
          {lead && <p className="max-w-2xl text-ink-2 text-sm">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
