"use client";
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { shapeOf } from "../media/shape";
import { hasModifier, isTyping } from "../shell/keys";
import { Button } from "../ui/button";
import { ErrorNote } from "../ui/error-note";
import { Spinner } from "../ui/spinner";
import { useLibrary } from "./actions";
import { AssetTile } from "./asset-tile";
import { dragAssets } from "./drag-asset";
import { useNearEnd } from "./use-near-end";
import type { Selection } from "./use-selection";
import type { Wall } from "./use-wall";
import type { WallActions } from "./use-wall-actions";
import { tileBeside } from "./wall-keys";

/**
 * Everything in rows of one height, each thing in its own shape. The rows come from CSS alone (each tile grows by
 * its ratio), so they stand before any script runs and nothing jumps when pictures arrive.
 */
export function AssetWall({
  wall,
  selection,
  act,
  query,
  selecting,
}: {
  wall: Wall;
  selection: Selection;
  act: WallActions;
  /** Of the list shown, so that the asset's page knows what lies before and after. */
  query: string;
  /** Asked for with a button, where there is no pointer to hover with: a tap selects. */
  selecting: boolean;
}) {
  const { slug, canEdit } = useLibrary();
  const { assets } = wall;
  const list = useRef<HTMLUListElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const active = assets.find(({ id }) => id === focused) ?? assets[0];
  const end = useNearEnd<HTMLLIElement>(
    wall.hasMore && !wall.loading && !wall.failure ? wall.loadMore : null,
  );
  const choosing = selecting || selection.ids.length > 0;
  useWholeWallKeys(selection, canEdit);

  const meant = (asset: AssetView) =>
    selection.isChosen(asset.id) ? assets.filter(({ id }) => selection.isChosen(id)) : [asset];
  const choose = (event: MouseEvent, id: string) =>
    event.shiftKey ? selection.extendTo(id) : selection.toggle(id);

  const open = (event: MouseEvent, id: string) => {
    // With Ctrl, ⌘ or the middle button it opens in a new tab, as every link does.
    if (!canEdit || event.metaKey || event.ctrlKey || (!choosing && !event.shiftKey)) return;
    event.preventDefault();
    choose(event, id);
  };
  const press = (event: KeyboardEvent) => {
    const asset = assets.find(({ id }) => id === (event.target as HTMLElement).dataset.tile);
    if (!asset || !list.current || hasModifier(event.nativeEvent)) return;
    const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    if (moves.includes(event.key)) {
      const next = tileBeside(list.current, asset.id, event.key);
      if (event.shiftKey && canEdit && next?.dataset.tile) {
        if (!selection.isChosen(asset.id)) selection.toggle(asset.id);
        selection.extendTo(next.dataset.tile);
      }
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
    } else if (!canEdit) return;
    else if (event.key === "x") selection.toggle(asset.id);
    else if (event.key === "X") selection.extendTo(asset.id);
    else if (event.key === "f")
      void act.star(
        meant(asset).map(({ id }) => id),
        !asset.starred,
      );
    else if (event.key === "Delete" || event.key === "Backspace") {
      const gone = meant(asset);
      tileAfter(list.current, gone)?.focus();
      selection.clear();
      void act.remove(gone);
    } else return;
    event.preventDefault();
  };

  return (
    <>
      <ul
        ref={list}
        aria-label="Assets"
        onKeyDown={press}
        className="flex flex-wrap gap-1 [--row:7rem] sm:[--row:11rem] xl:[--row:13rem]"
      >
        {assets.map((asset, index) => {
          const shape = Math.min(3.2, Math.max(0.42, shapeOf(asset)));
          return (
            <li
              key={asset.id}
              style={{ flexGrow: shape, flexBasis: `calc(${shape} * var(--row))`, aspectRatio: shape }}
              className="group/tile relative min-w-0 max-w-full"
            >
              <AssetTile
                asset={asset}
                href={`/w/${slug}/library/${asset.id}${query && `?${query}`}`}
                active={asset.id === active?.id}
                chosen={selection.isChosen(asset.id)}
                choosing={choosing}
                canEdit={canEdit}
                eager={index < 8}
                onFocus={() => setFocused(asset.id)}
                onOpen={(event) => open(event, asset.id)}
                onToggle={(event) => choose(event, asset.id)}
                onStar={() => void act.star([asset.id], !asset.starred)}
                drag={dragAssets(meant(asset))}
              />
            </li>
          );
        })}
        {/* Keeps the last row from stretching, and marks where to load on. */}
        <li ref={end} aria-hidden="true" className="h-0 grow-[1000]" />
      </ul>
      <div className="grid min-h-12 place-items-center">
        {wall.loading && (
          <p role="status" className="flex items-center gap-2 text-ink-3 text-sm">
            <Spinner /> Loading more
          </p>
        )}
        {wall.failure && (
          <ErrorNote {...wall.failure}>
            <Button size="sm" onClick={() => void wall.loadMore()}>
              Try again
            </Button>
          </ErrorNote>
        )}
      </div>
    </>
  );
}

/** Where the focus goes when tiles leave: the next one that stays, else the last before. */
function tileAfter(list: HTMLElement, gone: AssetView[]): HTMLElement | null {
  const ids = new Set(gone.map(({ id }) => id));
  const tiles = [...list.querySelectorAll<HTMLElement>("[data-tile]")];
  const last = tiles.findLastIndex((tile) => ids.has(tile.dataset.tile ?? ""));
  const stays = (tile: HTMLElement) => !ids.has(tile.dataset.tile ?? "");
  return tiles.slice(last + 1).find(stays) ?? tiles.slice(0, last).findLast(stays) ?? null;
}

/** `a` chooses everything that is loaded, Escape nothing; they work wherever the focus is. */
function useWholeWallKeys({ all, clear, ids }: Selection, canEdit: boolean): void {
  const any = ids.length > 0;
  useEffect(() => {
    if (!canEdit) return;
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || hasModifier(event)) return;
      if (event.key === "a") all();
      else if (event.key === "Escape" && any) clear();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [all, clear, any, canEdit]);
}
