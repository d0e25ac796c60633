"use client";
import { Download, LayoutGrid, RotateCcw, Star, Trash2, Wand } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { AssetView, BoardView } from "@/lib/assets/schema";
import { BoardMenu } from "../boards/board-menu";
import { useLibrary } from "../library/actions";
import { tellWalls } from "../library/use-wall";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { toast } from "../ui/toast";
import { unreachable, useAct } from "../use-act";
import { useKey } from "./use-key";

/** What can be done with one asset. The two ways to go on working come first. */
export function AssetActions({
  asset,
  boards,
  afterDelete,
}: {
  asset: AssetView;
  boards: BoardView[];
  /** Where to go when it has been deleted. */
  afterDelete: string;
}) {
  const { slug, canEdit, actions } = useLibrary();
  const router = useRouter();
  const [busy, act] = useAct();
  const { id, starred } = asset;

  const star = () =>
    void act(
      () => actions.starAssets(slug, { ids: [id], starred: !starred }),
      () => tellWalls([id], { starred: !starred }),
    );
  const restore = async () => {
    const answer = await actions.restoreAssets(slug, { ids: [id] }).catch(unreachable);
    if (answer.ok) router.push(`/w/${slug}/library/${id}`);
    else toast.error(answer.error);
  };
  const remove = async () => {
    const answer = await actions.deleteAssets(slug, { ids: [id] }).catch(unreachable);
    if (!answer.ok) return toast.error(answer.error);
    tellWalls([id], null);
    toast.note("1 asset deleted", { label: "Undo", onClick: () => void restore() });
    router.replace(afterDelete);
  };
  useKey("f", canEdit ? star : null);
  useKey("Delete", canEdit ? () => void remove() : null);

  return (
    <div className="grid gap-2">
      {canEdit && (
        <div className="flex flex-wrap gap-2">
          {asset.kind === "picture" && (
            <Button asChild variant="primary" className="flex-1">
              <Link href={`/w/${slug}?picture=${id}`}>
                <Wand aria-hidden="true" className="size-4" /> Use as start picture
              </Link>
            </Button>
          )}
          {asset.jobId && (
            <Button asChild className="flex-1">
              <Link href={`/w/${slug}?from=${id}`}>
                <RotateCcw aria-hidden="true" className="size-4" /> Recall settings
              </Link>
            </Button>
          )}
        </div>
      )}
      <div className="-mx-1 flex gap-1">
        {canEdit && (
          <>
            <IconButton
              label={starred ? "Take the star off" : "Star"}
              keys={["F"]}
              aria-pressed={starred}
              disabled={busy}
              onClick={star}
            >
              <Star aria-hidden="true" className={starred ? "fill-amber text-amber" : ""} />
            </IconButton>
            <BoardMenu
              boards={boards}
              ids={[id]}
              trigger={
                <Button
                  variant="quiet"
                  aria-label="Add to board"
                  title="Add to board"
                  className="size-8 px-0 coarse:size-10"
                >
                  <LayoutGrid aria-hidden="true" />
                </Button>
              }
            />
          </>
        )}
        <IconButton label="Download" asChild>
          <a href={asset.downloadUrl} download={asset.filename}>
            <Download aria-hidden="true" />
          </a>
        </IconButton>
        {canEdit && (
          <IconButton label="Delete" keys={["Del"]} onClick={() => void remove()} className="ml-auto">
            <Trash2 aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </div>
  );
}
