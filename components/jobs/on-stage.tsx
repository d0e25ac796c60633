"use client";
import { Download } from "lucide-react";
import Link from "next/link";
import type { AssetView } from "@/lib/assets/schema";
import { FilmPlayer } from "../media/film-player";
import { NotShown } from "../media/not-shown";
import { Picture } from "../media/picture";
import { describe, shapeOf } from "../media/shape";
import { useShown } from "../media/use-shown";
import { Button } from "../ui/button";

/** A picture or a film, as large as the window allows. */
export function OnStage({ asset }: { asset: AssetView }) {
  if (asset.kind === "video") return <FilmPlayer key={asset.id} film={asset} />;
  return <PictureOnStage key={asset.id} asset={asset} />;
}

function PictureOnStage({ asset }: { asset: AssetView }) {
  const { because, src, onError } = useShown(asset);
  return (
    <div className="overflow-hidden rounded-lg bg-stage">
      <Picture
        src={src}
        onLost={onError}
        alt={describe(asset)}
        fit="contain"
        eager
        style={{ aspectRatio: shapeOf(asset) }}
        className="max-h-[min(56dvh,44rem)] w-full max-w-full sm:max-h-[min(68dvh,44rem)]"
      />
      {because && <NotShown asset={asset} because={because} hasPreview={src !== null} />}
    </div>
  );
}

/** Under the stage: its size, what it is to this job, and the ways on. */
export function Caption({ asset, slug, note }: { asset: AssetView; slug: string; note?: string }) {
  return (
    <div className="mr-auto flex min-w-0 flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-sm">
      <span className="figures text-ink-3 text-xs">
        {asset.width && asset.height ? `${asset.width} × ${asset.height}` : ""}
        {asset.fps ? ` · ${Math.round(asset.fps * 100) / 100} fps` : ""}
      </span>
      {note && <span className="text-amber-text text-xs">{note}</span>}
      <Button asChild size="sm" variant="quiet">
        <a href={asset.downloadUrl} download>
          <Download aria-hidden="true" /> Download
        </a>
      </Button>
      <Button asChild size="sm" variant="quiet">
        <Link href={`/w/${slug}/library/${asset.id}`}>In the library</Link>
      </Button>
    </div>
  );
}
