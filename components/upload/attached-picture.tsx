"use client";
import { FolderOpen, RotateCw, X } from "lucide-react";
import type { AssetView } from "@/lib/assets/schema";
import { Picture } from "../media/picture";
import { describe, shapeOf } from "../media/shape";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Progress } from "../ui/progress";
import { FileThumb } from "./file-thumb";
import { describeState, type Upload } from "./upload";
import { desk } from "./use-uploads";

const REMOVE =
  "absolute -top-2 -right-2 size-6! rounded-full border border-line-strong bg-raised coarse:size-8!";

/** The picture to begin from, with a way to change it and one to take it off. */
export function AttachedPicture({
  picture,
  onRemove,
  onReplace,
}: {
  picture: AssetView;
  onRemove: () => void;
  onReplace: () => void;
}) {
  const shape = Math.min(2.2, Math.max(0.5, shapeOf(picture)));
  return (
    <span className="relative inline-block">
      <button
        type="button"
        onClick={onReplace}
        aria-label={`Picture to begin from: ${describe(picture)}. Choose another`}
        className="block h-20 overflow-hidden rounded-md bg-stage ring-line-strong hover:ring-2"
        style={{ aspectRatio: shape }}
      >
        <Picture src={picture.thumbUrl ?? picture.url} alt="" eager className="size-full" />
      </button>
      <IconButton label="Take the picture off" size="sm" onClick={onRemove} className={REMOVE}>
        <X aria-hidden="true" />
      </IconButton>
    </span>
  );
}

/** The same place while the file travels, or when it did not arrive. */
export function PictureOnItsWay({ upload, onChoose }: { upload: Upload; onChoose: () => void }) {
  const { key, file, name, bytes, state, error, sentBytes } = upload;
  const rests = state === "paused" || error?.canRetry;
  return (
    <div className="flex max-w-md items-center gap-3" role={error ? "alert" : undefined}>
      <FileThumb file={file} className="size-20 rounded-md" />
      <div className="grid min-w-0 flex-1 gap-1.5">
        <p className="truncate text-sm">{name}</p>
        <p className={error ? "text-danger-text text-xs" : "figures text-ink-3 text-xs"}>
          {describeState(upload)}
        </p>
        {!error && state !== "interrupted" && (
          <Progress label={`Upload of ${name}`} value={state === "checking" ? 1 : sentBytes / bytes} />
        )}
      </div>
      {rests && (
        <Button size="sm" onClick={() => desk.resume(key)}>
          <RotateCw aria-hidden="true" /> {error ? "Retry" : "Go on"}
        </Button>
      )}
      {state === "interrupted" && (
        <Button size="sm" onClick={onChoose}>
          <FolderOpen aria-hidden="true" /> Choose
        </Button>
      )}
      <IconButton
        label={error ? "Take it off" : "Cancel the upload"}
        size="sm"
        onClick={() => desk.remove(key)}
      >
        <X aria-hidden="true" />
      </IconButton>
    </div>
  );
}
