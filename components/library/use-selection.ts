"use client";
import { useCallback, useMemo, useState } from "react";

/** Which assets are chosen. `order` is the order on the wall: a range runs along it. */
export function useSelection(order: string[]) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  // What has left the wall is not chosen any more.
  const ids = useMemo(() => order.filter((id) => chosen.has(id)), [order, chosen]);

  const toggle = useCallback((id: string) => {
    setAnchor(id);
    setChosen((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const extendTo = useCallback(
    (id: string) => {
      const [from, to] = [order.indexOf(anchor ?? id), order.indexOf(id)].sort((a, b) => a - b);
      if (from === undefined || to === undefined || from < 0) return toggle(id);
      const range = order.slice(from, to + 1);
      setChosen((before) => new Set([...before, ...range]));
    },
    [order, anchor, toggle],
  );
  const all = useCallback(() => setChosen(new Set(order)), [order]);
  const clear = useCallback(() => {
    setChosen(new Set());
    setAnchor(null);
  }, []);
  return { ids, isChosen: (id: string) => chosen.has(id), toggle, extendTo, all, clear };
}

export type Selection = ReturnType<typeof useSelection>;
