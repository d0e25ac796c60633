"use client";
import { ImagePlus, Images, ImageUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { carriesAssets, droppedAssetIds } from "../library/drag-asset";
import { FetchError, fetchAsset } from "../library/fetch-assets";
import { LibraryPicker } from "../library/library-picker";
import { cn } from "../ui/cn";
import { Menu, MenuItem } from "../ui/dropdown-menu";
import { pillLook } from "../ui/select";
import { toast } from "../ui/toast";
import { acceptOf } from "./accept";
import { AttachedPicture, PictureOnItsWay } from "./attached-picture";
import { DropVeil } from "./drop-veil";
import { useFileDrop } from "./use-file-drop";
import { desk, usePlace } from "./use-uploads";

/**
 * A place for one picture: uploaded, dropped anywhere on the page, pasted, dragged or chosen from the library.
 * `onChange` gets the asset once it lies in the library, and null when it was taken away.
 */
export function AttachPicture({
  slug,
  value,
  onChange,
  onBusyChange,
  label = "Add a picture",
  className,
}: {
  slug: string;
  value: AssetView | null;
  onChange: (asset: AssetView | null) => void;
  /** True while a picture is on its way: hold the order until it is there. */
  onBusyChange?: (busy: boolean) => void;
  label?: string;
  className?: string;
}) {
  const [picking, setPicking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const place = `start-picture:${slug}`;
  const uploads = usePlace(place, onChange);
  const upload = uploads.findLast(({ state }) => state !== "done");
  const busy = upload !== undefined && upload.state !== "failed" && upload.file !== null;
  useEffect(() => onBusyChange?.(busy), [busy, onBusyChange]);

  const takeFiles = ([file]: File[]) => {
    for (const { key, state } of uploads) if (state !== "interrupted") desk.remove(key);
    if (file) desk.add(slug, [file], { kind: "picture", place });
  };
  const takeAsset = async (data: DataTransfer) => {
    const [id] = droppedAssetIds({ dataTransfer: data });
    if (!id) return;
    try {
      const asset = await fetchAsset(slug, id);
      if (asset.kind === "picture") onChange(asset);
      else toast.error({ message: "This is not a picture.", action: "Drop a picture to begin from it." });
    } catch (thrown) {
      if (!(thrown instanceof FetchError)) throw thrown;
      toast.error(thrown.error);
    }
  };
  const over = useFileDrop(
    { files: takeFiles, others: (data) => void takeAsset(data) },
    (data) => data.types.includes("Files") || carriesAssets({ dataTransfer: data }),
  );

  return (
    <div className={cn("min-w-0", className)}>
      {upload ? (
        <PictureOnItsWay upload={upload} onChoose={() => field.current?.click()} />
      ) : value ? (
        <AttachedPicture picture={value} onRemove={() => onChange(null)} onReplace={() => setPicking(true)} />
      ) : (
        <Menu
          trigger={
            <button type="button" className={pillLook}>
              <ImagePlus aria-hidden="true" /> <span className="max-sm:sr-only">{label}</span>
            </button>
          }
        >
          <MenuItem onSelect={() => field.current?.click()}>
            <ImageUp aria-hidden="true" /> Upload
          </MenuItem>
          <MenuItem onSelect={() => setPicking(true)}>
            <Images aria-hidden="true" /> From the library
          </MenuItem>
        </Menu>
      )}
      <input
        ref={field}
        type="file"
        hidden
        aria-hidden="true"
        tabIndex={-1}
        accept={acceptOf("picture")}
        onChange={(event) => {
          takeFiles([...(event.target.files ?? [])]);
          // The same file chosen again must count as a change.
          event.target.value = "";
        }}
      />
      <LibraryPicker slug={slug} open={picking} onOpenChange={setPicking} onPick={onChange} />
      {over && <DropVeil title="Drop to begin from this picture" />}
    </div>
  );
}
