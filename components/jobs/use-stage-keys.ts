"use client";
import { useEffect, useRef } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { hasModifier, isTyping } from "../shell/keys";

type Stage = {
  assets: AssetView[];
  selected: AssetView | undefined;
  select: (asset: AssetView) => void;
  /** Takes the selected still; undefined while there is nothing to choose. */
  take?: () => void;
};

/** Arrows and figures move along the strip, Enter takes the still. A film with the focus keeps its own keys. */
export function useStageKeys(stage: Stage): void {
  const latest = useRef(stage);
  latest.current = stage;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { assets, selected, select, take } = latest.current;
      if (isTyping(event) || hasModifier(event) || event.defaultPrevented) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (target?.closest("figure")) return;
      const at = assets.findIndex((asset) => asset.id === selected?.id);
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1 }[event.key] ?? figureOf(event.key);
      const next = to === undefined ? undefined : assets[to];
      if (next) {
        event.preventDefault();
        select(next);
      } else if (event.key === "Enter" && take && !target?.closest("a, button")) {
        event.preventDefault();
        take();
      }
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function figureOf(key: string): number | undefined {
  return /^[1-9]$/.test(key) ? Number(key) - 1 : undefined;
}
