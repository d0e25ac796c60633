"use client";
import { createContext, type ReactNode, useContext } from "react";
import { DropVeil } from "./drop-veil";
import { FileButton } from "./file-button";
import { useFileDrop } from "./use-file-drop";
import { desk } from "./use-uploads";

const Add = createContext<((files: File[]) => void) | null>(null);

/** Lets a page take files into the library: dropped anywhere, pasted, or chosen with an `UploadButton` inside. */
export function UploadDropZone({
  slug,
  disabled = false,
  children,
}: {
  slug: string;
  /** For viewers: the page stays as it is. */
  disabled?: boolean;
  children?: ReactNode;
}) {
  if (disabled) return children;
  return <OpenZone slug={slug}>{children}</OpenZone>;
}

function OpenZone({ slug, children }: { slug: string; children?: ReactNode }) {
  const add = (files: File[]) => void desk.add(slug, files);
  const over = useFileDrop({ files: add });
  return (
    <Add.Provider value={add}>
      {children}
      {over && (
        <DropVeil
          title="Drop to add to the library"
          note="Pictures, films and sound, several at once, whole folders too"
        />
      )}
    </Add.Provider>
  );
}

/** Opens the file chooser for the drop zone around it; nothing where uploads are not possible. */
export function UploadButton({ children }: { children: React.ReactElement }) {
  const add = useContext(Add);
  if (!add) return null;
  return (
    <FileButton multiple onFiles={add}>
      {children}
    </FileButton>
  );
}
