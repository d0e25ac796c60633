"use client";
import { useCallback, useEffect, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { readFilter } from "@/lib/assets/schema";
import { type AssetViews, FetchError, fetchAssets } from "./fetch-assets";
import { append, change, insert, mergeFirst, remove } from "./known-assets";

/** How long what was loaded is kept for coming back: links to media live longer. */
const KEPT_MS = 60 * 60_000;
const kept = new Map<string, { known: AssetViews; at: number }>();

/** Tells the walls that are kept what another page did: `null` for assets that have gone. */
export function tellWalls(ids: string[], part: Partial<AssetView> | null): void {
  for (const wall of kept.values()) {
    wall.known = part ? change(wall.known, ids, part) : remove(wall.known, ids);
  }
}

/**
 * The wall of a filter: the first page as the server drew it, and what was loaded behind it. Coming back from an
 * asset finds the wall as long as it was, so that the browser can scroll to the same place.
 */
export function useWall(slug: string, query: string, first: AssetViews) {
  const key = `${slug}?${query}`;
  const [known, setKnown] = useState(() => {
    const before = kept.get(key);
    return before && Date.now() - before.at < KEPT_MS ? mergeFirst(before.known, first) : first;
  });
  const [seen, setSeen] = useState(first);
  const [loading, setLoading] = useState(false);
  const [failure, setFailure] = useState<FetchError["error"] | null>(null);
  if (seen !== first) {
    setSeen(first);
    setKnown((before) => mergeFirst(before, first));
  }
  useEffect(() => {
    kept.set(key, { known, at: Date.now() });
  }, [key, known]);

  const { nextCursor } = known;
  const loadMore = useCallback(async () => {
    if (!nextCursor) return;
    setLoading(true);
    setFailure(null);
    try {
      const asked = { ...readFilter(new URLSearchParams(query)), cursor: nextCursor };
      const next = await fetchAssets(slug, asked);
      setKnown((before) => append(before, next));
    } catch (thrown) {
      if (!(thrown instanceof FetchError)) throw thrown;
      setFailure(thrown.error);
    } finally {
      setLoading(false);
    }
  }, [slug, query, nextCursor]);

  return {
    assets: known.assets,
    hasMore: nextCursor !== null,
    loading,
    failure,
    loadMore,
    remove: useCallback((ids: string[]) => setKnown((before) => remove(before, ids)), []),
    insert: useCallback((assets: AssetView[]) => setKnown((before) => insert(before, assets)), []),
    change: useCallback(
      (ids: string[], part: Partial<AssetView>) => setKnown((before) => change(before, ids, part)),
      [],
    ),
  };
}

export type Wall = ReturnType<typeof useWall>;
