import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import type { AssetView, LineageView, RelativeView } from "@/lib/assets/schema";
import { Picture } from "../media/picture";
import { describe, shapeOf } from "../media/shape";
import { cn } from "../ui/cn";

/** Where an asset comes from and what became of it, as a strip of film read from left to right. */
export function LineageStrip({
  slug,
  asset,
  family,
}: {
  slug: string;
  asset: AssetView;
  family: LineageView;
}) {
  const before = byDistance(family.ancestors).reverse();
  const after = byDistance(family.descendants);
  if (before.length + after.length === 0) return null;
  const columns = [
    ...before.map((assets, index) => ({ title: index === before.length - 1 ? "Made from" : "", assets })),
    { title: "This", assets: [asset] },
    ...after.map((assets, index) => ({ title: index === 0 ? "Made into" : "", assets })),
  ];
  return (
    <section aria-labelledby="lineage" className="grid gap-2">
      <h2 id="lineage" className="font-semibold text-base">
        Lineage
      </h2>
      <div className="overflow-hidden rounded-lg bg-stage text-white">
        <div aria-hidden="true" className="perforated h-3" />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <div tabIndex={0} className="flex items-stretch gap-1 overflow-x-auto px-3 py-1 -outline-offset-2">
          {columns.map(({ title, assets }, index) => (
            <Fragment key={assets[0]?.id}>
              {index > 0 && (
                <ChevronRight aria-hidden="true" className="mt-5 size-4 shrink-0 self-center text-white/50" />
              )}
              <div className="grid shrink-0 grid-rows-[1rem_minmax(0,1fr)] gap-1">
                <p className="text-2xs text-white/70">{title}</p>
                <ul className="flex max-h-80 flex-col justify-center gap-1 overflow-y-auto">
                  {assets.map((one) => (
                    <li key={one.id}>
                      <Frame slug={slug} asset={one} current={one.id === asset.id} />
                    </li>
                  ))}
                </ul>
              </div>
            </Fragment>
          ))}
        </div>
        <div aria-hidden="true" className="perforated h-3" />
      </div>
    </section>
  );
}

function Frame({ slug, asset, current }: { slug: string; asset: AssetView; current: boolean }) {
  const shape = Math.min(1.9, Math.max(0.56, shapeOf(asset)));
  const picture = (
    <>
      <Picture
        src={asset.thumbUrl ?? (asset.kind === "picture" ? asset.url : null)}
        alt={describe(asset)}
        style={{ aspectRatio: shape }}
        className={cn("h-18 rounded-xs", current && "ring-2 ring-amber")}
      />
      <span className="text-2xs text-white/75 first-letter:uppercase">{wordFor(asset)}</span>
    </>
  );
  const look = "grid w-fit gap-0.5 rounded-xs p-0.5 -outline-offset-1";
  if (current) {
    return (
      <span aria-current="page" className={look}>
        {picture}
      </span>
    );
  }
  return (
    <Link href={`/w/${slug}/library/${asset.id}`} className={cn(look, "hover:bg-white/12")}>
      {picture}
    </Link>
  );
}

function wordFor({ role, kind }: AssetView): string {
  return role || kind;
}

function byDistance(relatives: RelativeView[]): AssetView[][] {
  const columns: AssetView[][] = [];
  for (const { asset, distance } of relatives) {
    columns[distance - 1] ??= [];
    columns[distance - 1]?.push(asset);
  }
  return columns.filter(Boolean);
}
