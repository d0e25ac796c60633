"use client";
import { useEffect, useRef, useState } from "react";
import { toast } from "../ui/toast";
import { pastedFiles } from "./pasted-files";
import { type Dropped, entriesOf, MOST_FILES, walkFolders } from "./walk-folders";

type Take = { files: (files: File[]) => void; others?: (data: DataTransfer) => void };

/**
 * Takes what is dropped anywhere on the window, folders too, and files that are pasted. True while something fitting hovers.
 * `wants` may ask for more than files; it sees types only, as browsers keep the rest until the drop.
 */
export function useFileDrop(take: Take, wants: (data: DataTransfer) => boolean = hasFiles): boolean {
  const [over, setOver] = useState(false);
  const current = useRef({ take, wants });
  useEffect(() => {
    current.current = { take, wants };
  });

  useEffect(() => {
    // Every element under the pointer sends its own enter and leave: count them.
    let depth = 0;
    const isWanted = (event: DragEvent) =>
      event.dataTransfer !== null && current.current.wants(event.dataTransfer);
    const enter = (event: DragEvent) => {
      if (isWanted(event) && ++depth === 1) setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (isWanted(event) && --depth <= 0) end();
    };
    const end = () => {
      depth = 0;
      setOver(false);
    };
    const hover = (event: DragEvent) => {
      if (!isWanted(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = "copy";
    };
    const drop = (event: DragEvent) => {
      end();
      if (event.defaultPrevented || !event.dataTransfer || !isWanted(event)) return;
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      const entries = entriesOf(event.dataTransfer);
      if (entries.some((entry) => entry.isDirectory)) void takeFolders(entries, current.current.take.files);
      else if (files.length > 0) current.current.take.files(files);
      else current.current.take.others?.(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      const files = event.clipboardData ? pastedFiles(event.clipboardData) : [];
      if (files.length === 0) return;
      event.preventDefault();
      current.current.take.files(files);
    };
    const wired: [string, (event: never) => void][] = [
      ["dragenter", enter],
      ["dragleave", leave],
      ["dragover", hover],
      ["drop", drop],
      ["dragend", end],
      ["paste", paste],
    ];
    for (const [type, listener] of wired) window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of wired) window.removeEventListener(type, listener as EventListener);
    };
  }, []);
  return over;
}

function hasFiles(data: DataTransfer): boolean {
  return data.types.includes("Files");
}

async function takeFolders(entries: FileSystemEntry[], take: Take["files"]): Promise<void> {
  const dropped = await walkFolders(entries).catch(() => null);
  if (!dropped) {
    const action = "Check that you may open it, or drop the files themselves.";
    return void toast.error({ message: "This folder could not be read.", action });
  }
  if (dropped.files.length > 0) take(dropped.files);
  const words = describeDropped(dropped);
  if (words) toast.note(words);
}

function describeDropped({ files, leftOut, tooMany }: Dropped): string | null {
  if (tooMany) return `The first ${MOST_FILES} files were added. Drop the others in smaller folders.`;
  if (files.length === 0) return "There is no picture, film or sound in it.";
  if (leftOut === 0) return null;
  return `${leftOut} ${leftOut === 1 ? "file was" : "files were"} left out: no pictures, films or sound.`;
}
