"use client";
import { useEffect, useRef, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";

/**
 * Which frame is on the stage: what a person picked, until something newer of more worth arrives (a first film);
 * at a gate only what may be chosen.
 */
export function useSelection(
  assets: AssetView[],
  chosen: string | undefined,
  options: string[] | null,
): [AssetView | undefined, (asset: AssetView) => void] {
  const [picked, setPicked] = useState<string>();
  const films = assets.filter((asset) => asset.kind === "video");
  const newest = films.at(-1)?.id;
  const seenFilm = useRef(newest);

  // A film that has just come is what one waited for.
  useEffect(() => {
    if (newest && newest !== seenFilm.current) setPicked(newest);
    seenFilm.current = newest;
  }, [newest]);

  const open = options ? assets.find((asset) => options.includes(asset.id)) : undefined;
  const usual = open ?? films.at(-1) ?? assets.find((asset) => asset.id === chosen) ?? assets[0];
  const selected = assets.find((asset) => asset.id === picked) ?? usual;
  return [selected, (asset) => setPicked(asset.id)];
}
