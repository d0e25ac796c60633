"use client";
import { type RefObject, useEffect, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";

const FAILED: Record<AssetView["kind"], string> = {
  picture: "This picture could not be shown here.",
  video: "This film could not be played here.",
  audio: "This recording could not be played here.",
};

/**
 * What a browser is given of an asset: the file itself, or its preview where it is known, or turns out, that the file
 * cannot be shown. `because` then says why, as a sentence.
 */
export function useShown(asset: AssetView, element?: RefObject<HTMLImageElement | HTMLMediaElement | null>) {
  const [failed, setFailed] = useState<string | null>(null);
  // It may have failed before React did listen.
  useEffect(() => {
    if (hasFailed(element?.current)) setFailed(asset.url);
  }, [element, asset.url]);
  const because = asset.unplayableBecause ?? (failed === asset.url ? FAILED[asset.kind] : null);
  const standIn = asset.kind === "picture" ? asset.thumbUrl : asset.previewUrl;
  return {
    because,
    /** Null where there is nothing that this browser could show. */
    src: because === null ? asset.url : failed === standIn ? null : standIn,
    onError: () => setFailed(because === null ? asset.url : standIn),
  };
}

/** Whether the browser has given up what this element should show. */
export function hasFailed(element: HTMLImageElement | HTMLMediaElement | null | undefined): boolean {
  if (!element) return false;
  if (element instanceof HTMLMediaElement) return element.error !== null;
  return element.complete && element.currentSrc !== "" && element.naturalWidth === 0;
}
