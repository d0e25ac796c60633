"use client";
import { Trash2, Undo2 } from "lucide-react";
import Link from "next/link";
import type { AssetView } from "@/lib/assets/schema";
import { useLibrary } from "../library/actions";
import { Picture } from "../media/picture";
import { describe, shapeOf } from "../media/shape";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { toast } from "../ui/toast";
import { useAct } from "../use-act";

/** In place of an asset that lies in the bin: what it was, how long it can come back, and the way. */
export function DeletedAsset({ asset, daysLeft }: { asset: AssetView; daysLeft: number }) {
  const { slug, canEdit, actions } = useLibrary();
  const [busy, act] = useAct();
  const restore = () =>
    void act(
      () => actions.restoreAssets(slug, { ids: [asset.id] }),
      () => toast.done("Brought back"),
    );
  return (
    <div className="grid min-h-[70dvh] place-items-center p-4">
      <h1 className="sr-only">{describe(asset)}</h1>
      <EmptyState
        className="py-6"
        picture={
          asset.thumbUrl ? (
            <Picture
              src={asset.thumbUrl}
              alt={describe(asset)}
              eager
              style={{ aspectRatio: shapeOf(asset) }}
              className="max-h-52 max-w-full rounded-lg opacity-60 grayscale"
            />
          ) : (
            <Trash2 aria-hidden="true" />
          )
        }
        title="This was deleted"
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {canEdit && (
              <Button variant="primary" busy={busy} onClick={restore}>
                <Undo2 aria-hidden="true" /> Bring it back
              </Button>
            )}
            <Button asChild>
              <Link href={`/w/${slug}/library`}>Go to the library</Link>
            </Button>
          </div>
        }
      >
        {daysLeft > 0
          ? `It can be brought back for ${daysLeft === 1 ? "one more day" : `${daysLeft} more days`}, with its boards and its star.`
          : "Its time in the bin is over; it will be removed."}
      </EmptyState>
    </div>
  );
}
