import Link from "next/link";
import type { AssetView } from "@/lib/assets/schema";
import { MotionTile } from "./motion-tile";
import { describe, shapeOf } from "./shape";

/** Pictures and films edge to edge in rows of one height, each in its own shape: nothing is cut off. */
export function Wall({
  assets,
  href,
  label,
}: {
  assets: AssetView[];
  href: (asset: AssetView) => string;
  label: string;
}) {
  return (
    <ul aria-label={label} className="flex flex-wrap gap-1">
      {assets.map((asset, index) => {
        const shape = Math.min(2.4, Math.max(0.5, shapeOf(asset)));
        return (
          <li
            key={asset.id}
            style={{ flexGrow: shape, flexBasis: `calc(${shape} * var(--row))` }}
            className="relative min-w-0 [--row:7.5rem] sm:[--row:12rem]"
          >
            <Link
              href={href(asset)}
              className="group relative block overflow-hidden rounded-sm focus-visible:z-10"
              style={{ aspectRatio: shape }}
            >
              <MotionTile asset={asset} eager={index < 6} className="size-full" />
              <span
                aria-hidden="true"
                className="pointer-events-none absolute inset-x-0 bottom-0 bg-gradient-to-t from-black/80 to-transparent px-2.5 pt-8 pb-2 text-white text-xs opacity-0 transition-opacity group-hover:opacity-100 group-focus-visible:opacity-100"
              >
                <span className="line-clamp-2 pr-10">{asset.prompt ?? describe(asset)}</span>
              </span>
            </Link>
          </li>
        );
      })}
      {/* Keeps the last row from stretching. */}
      <li aria-hidden="true" className="h-0 grow-[8]" />
    </ul>
  );
}
