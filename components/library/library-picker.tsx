"use client";
import { Images } from "lucide-react";
import { useDeferredValue, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { MotionTile } from "../media/motion-tile";
import { shapeOf } from "../media/shape";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { EmptyState } from "../ui/empty-state";
import { ErrorNote } from "../ui/error-note";
import { Skeleton } from "../ui/skeleton";
import { SearchBox } from "./search-box";
import { useAssets } from "./use-assets";
import { useNearEnd } from "./use-near-end";

/** A dialog to take one thing from the library. It closes when something was picked. */
export function LibraryPicker({
  slug,
  open,
  onOpenChange,
  onPick,
  kind = "picture",
  title = kind === "video" ? "Choose a film" : "Choose a picture",
}: {
  slug: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onPick: (asset: AssetView) => void;
  kind?: AssetView["kind"];
  title?: string;
}) {
  const pick = (asset: AssetView) => {
    onPick(asset);
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      className="h-[min(44rem,calc(100dvh-2rem))] max-w-4xl grid-rows-[auto_minmax(0,1fr)] overflow-hidden"
    >
      <PickerBody slug={slug} kind={kind} onPick={pick} />
    </Dialog>
  );
}

type BodyProps = { slug: string; kind: AssetView["kind"]; onPick: (asset: AssetView) => void };

function PickerBody({ slug, kind, onPick }: BodyProps) {
  const [words, setWords] = useState("");
  const q = useDeferredValue(words.trim());
  const list = useAssets(slug, { q: q || undefined, kind });
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)] gap-3">
      <SearchBox value={words} onChange={setWords} busy={list.loading && !list.untouched} autoFocus />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard. */}
      <section aria-label="Found" tabIndex={0} className="-mx-2 min-h-0 overflow-y-auto px-2 pb-2">
        {list.failure && (
          <ErrorNote {...list.failure} className="mb-3">
            <Button size="sm" onClick={list.retry}>
              Try again
            </Button>
          </ErrorNote>
        )}
        <Found list={list} searched={q !== ""} onPick={onPick} />
      </section>
    </div>
  );
}

function Found({
  list,
  searched,
  onPick,
}: {
  list: ReturnType<typeof useAssets>;
  searched: boolean;
  onPick: (asset: AssetView) => void;
}) {
  const end = useNearEnd<HTMLLIElement>(
    list.hasMore && !list.loading && !list.failure ? list.loadMore : null,
  );
  if (list.untouched && !list.failure) return <Waiting />;
  if (list.assets.length === 0 && !list.failure) {
    return (
      <EmptyState
        picture={<Images aria-hidden="true" />}
        title={searched ? "Nothing found" : "Nothing here yet"}
      >
        {searched ? "Try fewer or shorter words." : "What you make or upload lands here."}
      </EmptyState>
    );
  }
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2 pt-1">
      {list.assets.map((asset) => (
        <li key={asset.id}>
          <button
            type="button"
            onClick={() => onPick(asset)}
            className="group grid w-full gap-1.5 rounded-md text-left"
          >
            {/* The words below name it already. */}
            <span aria-hidden="true" className="block">
              <MotionTile
                asset={asset}
                fit={shapeOf(asset) < 0.6 || shapeOf(asset) > 2.2 ? "contain" : "cover"}
                className="aspect-4/3 w-full rounded-md ring-line-strong group-hover:ring-2"
              />
            </span>
            <span className="truncate px-0.5 text-ink-2 text-xs">{asset.prompt ?? asset.filename}</span>
          </button>
        </li>
      ))}
      <li ref={end} aria-hidden="true" className="h-px" />
    </ul>
  );
}

function Waiting() {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-2 pt-1">
      {Array.from({ length: 12 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike and never move.
        <Skeleton key={index} className="aspect-4/3 w-full" />
      ))}
    </div>
  );
}
