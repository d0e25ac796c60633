"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import type { AssetFilter } from "@/lib/assets/schema";
import { readFilter, writeFilter } from "@/lib/assets/schema";
import { type AssetViews, FetchError, fetchAssets } from "./fetch-assets";

type Loaded = AssetViews & { of: string | null; failure: FetchError["error"] | null };

/**
 * The assets of a filter, fetched page by page. While a new filter loads, the old assets stay: what is shown
 * never flashes empty between two searches.
 */
export function useAssets(slug: string, filter: AssetFilter) {
  const [loaded, setLoaded] = useState<Loaded>({ of: null, assets: [], nextCursor: null, failure: null });
  const [loading, setLoading] = useState(true);
  const running = useRef<AbortController | null>(null);
  const query = writeFilter(filter);

  const load = useCallback(
    async (cursor?: string) => {
      running.current?.abort();
      const mine = new AbortController();
      running.current = mine;
      setLoading(true);
      try {
        const asked = { ...readFilter(new URLSearchParams(query)), cursor };
        const { assets, nextCursor } = await fetchAssets(slug, asked, mine.signal);
        const before = (old: Loaded) => (cursor ? old.assets : []);
        setLoaded((old) => ({ of: query, assets: [...before(old), ...assets], nextCursor, failure: null }));
      } catch (thrown) {
        if (mine.signal.aborted) return;
        if (!(thrown instanceof FetchError)) throw thrown;
        setLoaded((old) => ({ ...old, failure: thrown.error }));
      }
      if (running.current === mine) setLoading(false);
    },
    [slug, query],
  );

  useEffect(() => {
    void load();
    return () => running.current?.abort();
  }, [load]);

  return {
    assets: loaded.assets,
    failure: loaded.failure,
    loading,
    /** Nothing has come yet, not even an empty answer. */
    untouched: loaded.of === null,
    hasMore: loaded.nextCursor !== null,
    loadMore: () => void load(loaded.nextCursor ?? undefined),
    retry: () => void load(),
  };
}
