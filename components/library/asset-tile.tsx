"use client";
import { Check, Star } from "lucide-react";
import Link from "next/link";
import type { MouseEvent } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { MotionTile } from "../media/motion-tile";
import { describe } from "../media/shape";
import { cn } from "../ui/cn";

const CORNER =
  "absolute top-1 flex size-8 items-center justify-center rounded-full text-white transition-opacity coarse:size-10 focus-visible:opacity-100";

/** One asset on the wall: a link that plays, a box to select it and a star. */
export function AssetTile({
  asset,
  href,
  active,
  chosen,
  choosing,
  canEdit,
  eager,
  onFocus,
  onOpen,
  onToggle,
  onStar,
  drag,
}: {
  asset: AssetView;
  href: string;
  /** The one tile of the wall that the Tab key stops at. */
  active: boolean;
  chosen: boolean;
  /** Something is chosen: a click chooses, too, instead of opening. */
  choosing: boolean;
  canEdit: boolean;
  eager: boolean;
  onFocus: () => void;
  onOpen: (event: MouseEvent) => void;
  onToggle: (event: MouseEvent) => void;
  onStar: () => void;
  drag: object;
}) {
  const stop = active ? 0 : -1;
  const name = describe(asset);
  return (
    <>
      <Link
        href={href}
        prefetch={false}
        tabIndex={stop}
        onFocus={onFocus}
        onClick={onOpen}
        data-tile={asset.id}
        className={cn(
          "group @container relative block size-full overflow-hidden rounded-sm transition-transform duration-100",
          chosen && "scale-[0.955] rounded-md ring-2 ring-amber ring-offset-2 ring-offset-canvas",
        )}
        {...drag}
      >
        <MotionTile asset={asset} eager={eager} className="size-full" />
        <span
          aria-hidden="true"
          className={cn(
            "pointer-events-none absolute inset-x-0 bottom-0 bg-gradient-to-t from-black/85 via-black/45 to-transparent px-2 pt-10 text-white text-xs opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100 coarse:hidden",
            asset.draft || asset.durationSeconds !== null ? "pb-7" : "pb-2",
          )}
        >
          <span className="line-clamp-2">{asset.prompt ?? asset.description ?? asset.filename}</span>
        </span>
        {asset.draft && (
          <span
            className={cn(
              "absolute bottom-1.5 rounded-xs bg-black/70 px-1 font-medium text-2xs text-white",
              // Beside the length; above it where the tile is too narrow for both.
              asset.durationSeconds === null
                ? "right-1.5"
                : "@max-[6rem]:right-1.5 @max-[6rem]:bottom-6.5 right-11",
            )}
          >
            Draft
          </span>
        )}
      </Link>
      {canEdit && (
        <>
          <button
            type="button"
            aria-pressed={chosen}
            aria-label={`Select: ${name}`}
            aria-keyshortcuts="X"
            tabIndex={stop}
            onClick={onToggle}
            className={cn(
              CORNER,
              "left-1",
              !chosen && !choosing && "opacity-0 group-hover/tile:opacity-100 coarse:hidden",
            )}
          >
            <span
              className={cn(
                "flex size-5 items-center justify-center rounded-full border-2 shadow-[0_0_3px_oklch(0_0_0/0.6)]",
                chosen ? "border-amber bg-amber text-amber-ink" : "border-white bg-black/35",
              )}
            >
              {chosen && <Check aria-hidden="true" strokeWidth={3} className="size-3.5" />}
            </span>
          </button>
          <button
            type="button"
            aria-pressed={asset.starred}
            aria-label={asset.starred ? `Take the star off: ${name}` : `Star: ${name}`}
            aria-keyshortcuts="F"
            tabIndex={stop}
            onClick={onStar}
            className={cn(
              CORNER,
              "right-1",
              !asset.starred && "opacity-0 group-hover/tile:opacity-100 coarse:hidden",
            )}
          >
            <Star
              aria-hidden="true"
              className={cn(
                "size-4.5 drop-shadow-[0_0_2px_oklch(0_0_0/0.9)]",
                asset.starred && "fill-amber text-amber",
              )}
            />
          </button>
        </>
      )}
    </>
  );
}
