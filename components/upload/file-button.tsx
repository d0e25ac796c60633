"use client";
import { Slot } from "radix-ui";
import { type ReactElement, useRef } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { acceptOf } from "./accept";

/** Makes its child open the file chooser; on phones that offers the camera, too. */
export function FileButton({
  kind,
  multiple = false,
  onFiles,
  children,
}: {
  kind?: AssetView["kind"];
  multiple?: boolean;
  onFiles: (files: File[]) => void;
  children: ReactElement;
}) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Slot.Root onClick={() => field.current?.click()}>{children}</Slot.Root>
      <input
        ref={field}
        type="file"
        hidden
        tabIndex={-1}
        aria-hidden="true"
        accept={acceptOf(kind)}
        multiple={multiple}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file chosen again must count as a change.
          event.target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
