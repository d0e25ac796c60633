import type { ReactNode } from "react";
import { cn } from "./cn";

/** A list of rows on one surface, hairlines between them. */
export function Rows({
  label,
  className,
  children,
}: {
  label: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <ul aria-label={label} className={cn("divide-y overflow-hidden rounded-lg border bg-surface", className)}>
      {children}
    </ul>
  );
}

export function Row({ className, children }: { className?: string; children: ReactNode }) {
  return <li className={cn("flex min-h-12 items-center gap-3 px-4 py-2.5", className)}>{children}</li>;
}

/** Pairs of a name and a value: the details beside a picture. */
export function Facts({
  facts,
  className,
}: {
  facts: [name: string, value: ReactNode][];
  className?: string;
}) {
  return (
    <dl className={cn("grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm", className)}>
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
