"use client";
import { FileAudio, FileVideo, Image } from "lucide-react";
import { useEffect, useState } from "react";
import { cn } from "../ui/cn";

/** A file that has not arrived yet: its picture, from the browser's own copy, or the sign of its kind. */
export function FileThumb({ file, className }: { file: File | null; className?: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!file || !/^image\/(png|jpeg|webp|gif|avif)$/.test(file.type)) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  const Sign = file?.type.startsWith("video/")
    ? FileVideo
    : file?.type.startsWith("audio/")
      ? FileAudio
      : Image;
  return (
    <span
      className={cn(
        "flex size-9 shrink-0 items-center justify-center overflow-hidden rounded-sm bg-stage text-white/50",
        className,
      )}
    >
      {url ? (
        // biome-ignore lint/performance/noImgElement: it is the browser's own file.
        <img src={url} alt="" onError={() => setUrl(null)} className="size-full object-cover" />
      ) : (
        <Sign aria-hidden="true" className="size-4" />
      )}
    </span>
  );
}
