import type { AssetView } from "@/lib/assets/schema";

/** What a vision model saw in a picture. Nothing until it was read. */
export function WhatWasRead({ asset }: { asset: AssetView }) {
  if (!asset.description && asset.tags.length === 0) return null;
  return (
    <section aria-labelledby="read" className="grid gap-3 rounded-lg border bg-surface px-4 py-4">
      <h2 id="read" className="overline-label">
        What it shows
      </h2>
      {asset.description && <p className="max-w-3xl text-sm leading-relaxed">{asset.description}</p>}
      {asset.tags.length > 0 && (
        <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
          {asset.tags.map((tag) => (
            <li
              key={tag}
              className="inline-flex h-6 items-center rounded-full border border-line-strong px-2.5 text-ink-2 text-xs"
            >
              {tag}
            </li>
          ))}
        </ul>
      )}
      {asset.palette.length > 0 && (
        <ul aria-label="Palette" className="flex h-6 max-w-md overflow-hidden rounded-sm">
          {asset.palette.map((hex) => (
            <li key={hex} title={hex} style={{ backgroundColor: hex }} className="flex-1">
              <span className="sr-only">{hex}</span>
            </li>
          ))}
        </ul>
      )}
      {asset.suggestedMotion && (
        <p className="max-w-3xl text-ink-2 text-sm">
          <span className="text-ink-3">Suggested motion: </span>
          {asset.suggestedMotion}
        </p>
      )}
    </section>
  );
}
