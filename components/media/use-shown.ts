"use client";
import { useState } from "react";
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
export function useShown(asset: AssetView) {
  const [failed, setFailed] = useState<string | null>(null);
  const because = asset.unplayableBecause ?? (failed === asset.url ? FAILED[asset.kind] : null);
  const standIn = asset.kind === "picture" ? asset.thumbUrl : asset.previewUrl;
  return {
    because,
    /** Null where there is nothing that this browser could show. */
    src: because === null ? asset.url : failed === standIn ? null : standIn,
    onError: () => setFailed(because === null ? asset.url : standIn),
  };
}
