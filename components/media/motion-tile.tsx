"use client";
import { type CSSProperties, useEffect, useRef, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { cn } from "../ui/cn";
import { formatDuration } from "../ui/format-time";
import { Picture } from "./picture";
import { describe } from "./shape";

/** A picture, or a film that plays while the pointer or the focus is on it. */
export function MotionTile({
  asset,
  className,
  style,
  eager,
  fit,
}: {
  asset: AssetView;
  className?: string;
  style?: CSSProperties;
  eager?: boolean;
  fit?: "cover" | "contain";
}) {
  const frame = useRef<HTMLSpanElement>(null);
  const [playing, setPlaying] = useState(false);
  const canPlay = asset.kind === "video" && asset.previewUrl !== null;

  // The link around the tile takes focus, so that is where to listen.
  useEffect(() => {
    const host = frame.current?.closest("a, button") ?? frame.current;
    if (!host || !canPlay) return;
    const start = () => setPlaying(!matchMedia("(prefers-reduced-motion: reduce)").matches);
    const stop = () => setPlaying(false);
    const on = ["pointerenter", "focus"] as const;
    const off = ["pointerleave", "blur"] as const;
    for (const type of on) host.addEventListener(type, start);
    for (const type of off) host.addEventListener(type, stop);
    return () => {
      for (const type of on) host.removeEventListener(type, start);
      for (const type of off) host.removeEventListener(type, stop);
    };
  }, [canPlay]);

  return (
    <span ref={frame} style={style} className={cn("relative block overflow-hidden bg-stage", className)}>
      <Picture
        src={asset.thumbUrl ?? (asset.kind === "picture" ? asset.url : null)}
        alt={describe(asset)}
        eager={eager}
        fit={fit}
        className="size-full"
      />
      {playing && asset.previewUrl && (
        <video
          src={asset.previewUrl}
          muted
          loop
          autoPlay
          playsInline
          onError={() => setPlaying(false)}
          className={cn("absolute inset-0 size-full", fit === "contain" ? "object-contain" : "object-cover")}
        />
      )}
      {asset.unplayableBecause !== null && (
        <span
          title={asset.unplayableBecause}
          className="absolute bottom-1.5 left-1.5 rounded-xs bg-black/70 px-1 font-medium text-2xs text-white"
        >
          Preview only
        </span>
      )}
      {asset.durationSeconds !== null && (
        <span className="figures absolute right-1.5 bottom-1.5 rounded-xs bg-black/70 px-1 font-medium text-2xs text-white">
          {formatDuration(asset.durationSeconds)}
        </span>
      )}
    </span>
  );
}
