"use client";
import { useEffect, useRef, useSyncExternalStore } from "react";
import type { AssetView } from "@/lib/assets/schema";
import type { Upload } from "./upload";
import { UploadDesk } from "./upload-desk";

/** One for the whole tab: it outlives every page. */
export const desk = new UploadDesk();

const NONE: readonly Upload[] = [];

export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(desk.subscribe, desk.list, () => NONE);
}

const shown = new Set<string>();
const watchers = new Set<() => void>();

/** The places that show their uploads themselves just now. */
export function useShownPlaces(): ReadonlySet<string> {
  const text = useSyncExternalStore(
    (watch) => {
      watchers.add(watch);
      return () => watchers.delete(watch);
    },
    () => [...shown].sort().join("\n"),
    () => "",
  );
  return new Set(text.split("\n"));
}

/**
 * The uploads of one place, which shows them as long as it is there. What arrives for it, also while it was away,
 * is handed over once.
 */
export function usePlace(place: string, onArrived: (asset: AssetView) => void): Upload[] {
  const mine = useUploads().filter((upload) => upload.place === place);
  const arrived = useRef(onArrived);
  useEffect(() => {
    arrived.current = onArrived;
  });
  useEffect(() => {
    const tell = () => {
      for (const watch of watchers) watch();
    };
    shown.add(place);
    tell();
    return () => {
      shown.delete(place);
      tell();
    };
  }, [place]);
  useEffect(() => {
    for (const { key, asset } of mine) {
      if (!asset) continue;
      desk.remove(key);
      arrived.current(asset);
    }
  }, [mine]);
  return mine;
}
