"use client";
import { useRef } from "react";
import type { AssetView, BoardView, LineageView } from "@/lib/assets/schema";
import { describe } from "../media/shape";
import { AssetActions } from "./asset-actions";
import { AssetFacts } from "./asset-facts";
import { AssetHead, type Way } from "./asset-head";
import { AssetStage } from "./asset-stage";
import { CopyButton } from "./copy-button";
import { LineageStrip } from "./lineage-strip";
import { PaletteSwatches } from "./palette";
import { type AskReading, Reading, type ReadingJob, type ReadingPrice } from "./reading";

export type AssetRoomProps = {
  slug: string;
  asset: AssetView;
  family: LineageView;
  boards: BoardView[];
  way: Way;
  modelLabel: string | null;
  maker: string | null;
  reading: { job: ReadingJob | null; price: ReadingPrice; ask: AskReading; readBy: string | null };
};

/** One asset: the thing itself, how it came to be, what can be done with it. */
export function AssetRoom({ slug, asset, family, boards, way, modelLabel, maker, reading }: AssetRoomProps) {
  const stage = useRef<HTMLDivElement>(null);
  return (
    <div className="mx-auto grid w-full max-w-[110rem] gap-3 py-3 sm:px-6 sm:py-4">
      <div className="max-sm:px-4">
        <AssetHead {...way} />
      </div>
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_21rem] xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 content-start gap-6">
          <h1 className="sr-only">{describe(asset)}</h1>
          <AssetStage key={asset.id} asset={asset} frame={stage} />
          <div className="max-lg:hidden">
            <LineageStrip slug={slug} asset={asset} family={family} />
          </div>
        </div>
        <div className="grid min-w-0 content-start gap-6 max-sm:px-4">
          <AssetActions
            asset={asset}
            boards={boards}
            afterDelete={way.olderHref ?? way.newerHref ?? way.back.href}
          />
          {asset.prompt && (
            <section aria-labelledby="prompt" className="grid gap-1">
              <div className="flex items-center justify-between gap-2">
                <h2 id="prompt" className="font-semibold text-base">
                  Prompt
                </h2>
                <CopyButton text={asset.prompt} label="Copy the prompt" />
              </div>
              <p className="max-h-60 overflow-y-auto whitespace-pre-wrap text-ink-2 text-sm">
                {asset.prompt}
              </p>
            </section>
          )}
          <Reading asset={asset} frame={stage} {...reading} />
          {asset.palette.length > 0 && (
            <section aria-labelledby="colours" className="grid gap-2">
              <h2 id="colours" className="font-semibold text-base">
                Colours
              </h2>
              <PaletteSwatches palette={asset.palette} />
            </section>
          )}
          <section aria-labelledby="facts" className="grid gap-2">
            <h2 id="facts" className="font-semibold text-base">
              Facts
            </h2>
            <AssetFacts slug={slug} asset={asset} modelLabel={modelLabel} maker={maker} />
          </section>
          <div className="lg:hidden">
            <LineageStrip slug={slug} asset={asset} family={family} />
          </div>
        </div>
      </div>
    </div>
  );
}
