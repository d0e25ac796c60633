import { cn } from "./cn";

/** A K whose arms are the edges of a projector's beam. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className={cn("size-6", className)} fill="none">
      <path d="M10.4 12 20 4.6v14.8z" fill="var(--color-amber)" />
      <path
        d="M5 3.4v17.2M18.6 3.4 7.6 12l11 8.6"
        stroke="currentColor"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span
      className={cn("inline-flex items-center gap-2 font-semibold text-md tracking-[-0.02em]", className)}
    >
      <Mark className="size-5.5" />
      Kinora
    </span>
  );
}
