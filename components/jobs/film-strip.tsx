"use client";
import { useEffect, useRef } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { MotionTile } from "../media/motion-tile";
import { describe, shapeOf } from "../media/shape";
import { cn } from "../ui/cn";

/** What a job has made, as frames on a strip. The one on the stage is marked. */
export function FilmStrip({
  assets,
  current,
  chosen,
  coming = 0,
  shape,
  onSelect,
}: {
  assets: AssetView[];
  current: string | undefined;
  /** The still that was taken on. */
  chosen?: string;
  /** Frames still being made, in the shape they will have. */
  coming?: number;
  shape: number;
  onSelect: (asset: AssetView) => void;
}) {
  const strip = useRef<HTMLUListElement>(null);
  const marked = useRef<HTMLButtonElement>(null);
  // Only the strip moves: scrollIntoView would take the whole page along.
  useEffect(() => {
    const [frame, list] = [marked.current, strip.current];
    if (!current || !frame || !list) return;
    const left = frame.offsetLeft;
    if (left < list.scrollLeft) list.scrollLeft = left - 8;
    else if (left + frame.offsetWidth > list.scrollLeft + list.clientWidth)
      list.scrollLeft = left + frame.offsetWidth - list.clientWidth + 8;
  }, [current]);
  if (assets.length + coming === 0) return null;
  return (
    <div className="overflow-hidden rounded-lg bg-stage">
      <div aria-hidden="true" className="perforated h-3" />
      <ul ref={strip} aria-label="Takes" className="relative flex gap-1 overflow-x-auto px-1 py-0.5">
        {assets.map((asset, index) => (
          <li key={asset.id} className="shrink-0">
            <button
              ref={asset.id === current ? marked : undefined}
              type="button"
              aria-pressed={asset.id === current}
              aria-label={`${index + 1}: ${nameOf(asset)}${asset.id === chosen ? ", chosen" : ""}. ${describe(asset)}`}
              onClick={() => onSelect(asset)}
              style={{ aspectRatio: shapeOf(asset) }}
              className="relative block h-16 animate-in fade-in-0 overflow-hidden rounded-xs opacity-70 transition-opacity duration-300 hover:opacity-100 focus-visible:-outline-offset-2 aria-pressed:opacity-100 sm:h-20"
            >
              <MotionTile asset={asset} className="size-full" />
              <span className="figures absolute top-1 left-1 rounded-xs bg-black/70 px-1 text-2xs text-white">
                {index + 1}
              </span>
              {asset.id === chosen && (
                <span className="absolute top-1 right-1 size-2 rounded-full bg-amber" />
              )}
              <span
                className={cn(
                  "pointer-events-none absolute inset-0 rounded-xs",
                  asset.id === current && "border-2 border-amber",
                )}
              />
            </button>
          </li>
        ))}
        {Array.from({ length: coming }, (_, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: empty frames are all alike.
            key={index}
            aria-hidden="true"
            style={{ aspectRatio: shape }}
            className="h-16 shrink-0 animate-breathe rounded-xs bg-white/10 sm:h-20"
          />
        ))}
      </ul>
      <div aria-hidden="true" className="perforated h-3" />
    </div>
  );
}

export function nameOf(asset: AssetView): string {
  const what = asset.kind === "video" ? "Film" : "Still";
  return asset.take > 0 ? `${what}, take ${asset.take + 1}` : what;
}
