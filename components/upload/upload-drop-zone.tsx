"use client";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useTransition } from "react";
import type { AssetView } from "@/lib/assets/schema";
import { DropVeil } from "./drop-veil";
import { FileButton } from "./file-button";
import { UploadTray } from "./upload-tray";
import { useFileDrop } from "./use-file-drop";
import { useUploads } from "./use-uploads";

const Add = createContext<((files: File[]) => void) | null>(null);

/**
 * Lets a page take files: dropped anywhere, pasted, or chosen with an `UploadButton` inside. Shows them on their
 * way, and draws the page again when one has arrived.
 */
export function UploadDropZone({
  slug,
  onUploaded,
  disabled = false,
  children,
}: {
  slug: string;
  onUploaded?: (asset: AssetView) => void;
  /** For viewers: the page stays as it is. */
  disabled?: boolean;
  children?: ReactNode;
}) {
  if (disabled) return children;
  return (
    <OpenZone slug={slug} onUploaded={onUploaded}>
      {children}
    </OpenZone>
  );
}

function OpenZone({
  slug,
  onUploaded,
  children,
}: {
  slug: string;
  onUploaded?: (asset: AssetView) => void;
  children?: ReactNode;
}) {
  const router = useRouter();
  const [, start] = useTransition();
  const { uploads, add, remove, retry, clear } = useUploads(slug, (asset) => {
    onUploaded?.(asset);
    start(() => router.refresh());
  });
  const over = useFileDrop({ files: add });
  return (
    <Add.Provider value={add}>
      {children}
      {over && (
        <DropVeil title="Drop to add to the library" note="Pictures, films and sound, several at once" />
      )}
      <UploadTray uploads={uploads} onCancel={remove} onRetry={retry} onClear={clear} />
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
