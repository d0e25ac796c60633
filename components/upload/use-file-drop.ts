"use client";
import { useEffect, useRef, useState } from "react";

type Take = { files: (files: File[]) => void; others?: (data: DataTransfer) => void };

/**
 * Takes what is dropped anywhere on the window, and files that are pasted. True while something fitting hovers.
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
      if (files.length > 0) current.current.take.files(files);
      else current.current.take.others?.(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      // Office programs put a picture of the text beside the text: then the text is meant.
      if (files.length === 0 || event.clipboardData?.types.includes("text/plain")) return;
      event.preventDefault();
      current.current.take.files(files.map(withName));
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

/** Every pasted picture is called image.png; the time tells them apart. */
function withName(file: File): File {
  if (!/^image\.\w+$/.test(file.name)) return file;
  const stamp = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", ".");
  return new File([file], file.name.replace("image", `Pasted ${stamp}`), { type: file.type });
}
