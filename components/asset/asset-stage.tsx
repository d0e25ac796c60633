"use client";
import { AudioLines, ZoomIn, ZoomOut } from "lucide-react";
import { type MouseEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { FilmPlayer } from "../media/film-player";
import { NotShown } from "../media/not-shown";
import { describe, shapeOf } from "../media/shape";
import { useShown } from "../media/use-shown";
import { cn } from "../ui/cn";
import { IconButton } from "../ui/icon-button";
import { useKey } from "./use-key";

/** The thing itself, large, with black around it. */
export function AssetStage({ asset, frame }: { asset: AssetView; frame: RefObject<HTMLDivElement | null> }) {
  return (
    <div ref={frame} className="grid min-h-0 place-items-stretch overflow-hidden bg-stage sm:rounded-lg">
      {asset.kind === "picture" && <PictureStage picture={asset} />}
      {asset.kind === "video" && <FilmPlayer film={asset} className="rounded-none" />}
      {asset.kind === "audio" && <SoundStage sound={asset} />}
    </div>
  );
}

/** Fits at first; a click shows the pixels one to one at the place that was clicked. */
function PictureStage({ picture }: { picture: AssetView }) {
  const box = useRef<HTMLDivElement>(null);
  const [large, setLarge] = useState(false);
  const [there, setThere] = useState(false);
  const shape = shapeOf(picture);
  const image = useRef<HTMLImageElement>(null);
  const { because, src, onError } = useShown(picture, image);
  // It may have come before React did.
  useEffect(() => {
    if (image.current?.complete) setThere(true);
  }, []);
  useKey("z", () => toggle());
  const toggle = (event?: MouseEvent<HTMLElement>) => {
    const at = event?.currentTarget.getBoundingClientRect();
    const [x, y] =
      at && event ? [(event.clientX - at.left) / at.width, (event.clientY - at.top) / at.height] : [0.5, 0.5];
    setLarge(!large);
    requestAnimationFrame(() => {
      const { current } = box;
      current?.scrollTo(
        x * current.scrollWidth - current.clientWidth / 2,
        y * current.scrollHeight - current.clientHeight / 2,
      );
    });
  };
  return (
    <div className="grid min-w-0">
      <div className="relative min-w-0">
        <div
          ref={box}
          tabIndex={large ? 0 : undefined}
          className={cn(
            "h-[min(72dvh,56rem)] max-sm:h-auto",
            large ? "overflow-auto max-sm:h-[72dvh]" : "grid place-items-center",
          )}
        >
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button in the corner does the same. */}
          {/* biome-ignore lint/performance/noImgElement: the link is signed and short-lived. */}
          <img
            src={src ?? undefined}
            onError={onError}
            alt={describe(picture)}
            width={picture.width ?? undefined}
            height={picture.height ?? undefined}
            onClick={toggle}
            ref={image}
            onLoad={() => setThere(true)}
            style={{
              aspectRatio: shape,
              // Until the large file is here, its thumbnail stands in its place.
              backgroundImage: there || !picture.thumbUrl ? undefined : `url("${picture.thumbUrl}")`,
            }}
            className={cn(
              "bg-cover bg-stage",
              large
                ? "max-w-none cursor-zoom-out"
                : "h-auto max-h-full w-auto max-w-full cursor-zoom-in max-sm:w-full",
            )}
          />
        </div>
        <IconButton
          label={large ? "Fit to the page" : "Show at full size"}
          keys={["Z"]}
          onClick={() => toggle()}
          className="absolute right-2 bottom-2 bg-black/60 text-white/90 hover:bg-black/80 hover:text-white"
        >
          {large ? <ZoomOut aria-hidden="true" /> : <ZoomIn aria-hidden="true" />}
        </IconButton>
      </div>
      {because && <NotShown asset={picture} because={because} hasPreview={src !== null} />}
    </div>
  );
}

function SoundStage({ sound }: { sound: AssetView }) {
  const player = useRef<HTMLAudioElement>(null);
  const { because, src, onError } = useShown(sound, player);
  return (
    <div className="grid min-w-0">
      <div className="grid min-h-64 content-center justify-items-center gap-6 px-6 py-16 text-white">
        <AudioLines aria-hidden="true" strokeWidth={1.25} className="size-12 text-amber" />
        {src && (
          // biome-ignore lint/a11y/useMediaCaption: what people bring has none.
          <audio
            key={src}
            ref={player}
            src={src}
            controls
            preload="metadata"
            aria-label={describe(sound)}
            onError={onError}
            className="w-full max-w-lg"
          />
        )}
      </div>
      {because && <NotShown asset={sound} because={because} hasPreview={src !== null} />}
    </div>
  );
}
