"use client";
import { cn } from "./cn";
import { formatDuration, formatMoment, formatRelative } from "./format-time";
import { useNow } from "./now";

/** "4 min ago", the exact moment on hover. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  const now = useNow(15);
  return (
    <time dateTime={iso} title={formatMoment(iso)} className={cn("whitespace-nowrap", className)}>
      {formatRelative(iso, now)}
    </time>
  );
}

/** How long something lasted, or has lasted so far: then it ticks. */
export function Elapsed({
  startedAt,
  finishedAt,
  className,
}: {
  startedAt: string;
  finishedAt: string | null;
  className?: string;
}) {
  const now = useNow(1);
  const end = finishedAt ? Date.parse(finishedAt) : now;
  return (
    <span className={cn("figures", className)}>{formatDuration((end - Date.parse(startedAt)) / 1000)}</span>
  );
}

/** Counts down to a moment; `0:00` once it has come. */
export function Countdown({ to, className }: { to: string; className?: string }) {
  const now = useNow(1);
  return (
    <span className={cn("figures", className)}>
      {formatDuration(Math.ceil(Math.max(0, Date.parse(to) - now) / 1000))}
    </span>
  );
}
