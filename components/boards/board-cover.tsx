import { LayoutGrid } from "lucide-react";
import { cn } from "../ui/cn";

/** What lies on a board: one picture, or up to four in a square. */
export function BoardCover({ covers, className }: { covers: (string | null)[]; className?: string }) {
  const shown = covers.length < 4 ? covers.slice(0, 1) : covers;
  return (
    <span
      aria-hidden="true"
      className={cn(
        "grid overflow-hidden rounded-md bg-stage",
        shown.length > 1 && "grid-cols-2 grid-rows-2 gap-px",
        className,
      )}
    >
      {shown.length === 0 && <LayoutGrid strokeWidth={1.5} className="m-auto size-5 text-white/45" />}
      {shown.map((cover, index) =>
        cover ? (
          // biome-ignore lint/performance/noImgElement: the links are signed and short-lived.
          <img
            // biome-ignore lint/suspicious/noArrayIndexKey: places in a square, not things.
            key={index}
            src={cover}
            alt=""
            loading="lazy"
            decoding="async"
            draggable={false}
            className="size-full min-h-0 min-w-0 object-cover"
          />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: places in a square, not things.
          <span key={index} />
        ),
      )}
    </span>
  );
}
