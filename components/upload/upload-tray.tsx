"use client";
import { Check, RotateCw, X } from "lucide-react";
import { useEffect } from "react";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Progress } from "../ui/progress";
import { Spinner } from "../ui/spinner";
import { FileThumb } from "./file-thumb";
import { formatBytes } from "./format-bytes";
import type { Upload } from "./use-uploads";

type TrayProps = {
  uploads: Upload[];
  onCancel: (key: number) => void;
  onRetry: (key: number) => void;
  onClear: () => void;
};

/** The files on their way, at the lower edge. It goes by itself when all arrived well. */
export function UploadTray({ uploads, onCancel, onRetry, onClear }: TrayProps) {
  const open = uploads.filter(({ state }) => state !== "done" && state !== "failed").length;
  const failed = uploads.filter(({ state }) => state === "failed").length;
  const allWell = uploads.length > 0 && open === 0 && failed === 0;
  useEffect(() => {
    if (!allWell) return;
    const timer = setTimeout(onClear, 4_000);
    return () => clearTimeout(timer);
  }, [allWell, onClear]);
  if (uploads.length === 0) return null;
  return (
    <section
      aria-label="Uploads"
      className="fixed right-4 bottom-4 left-4 z-40 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float animate-in fade-in-0 slide-in-from-bottom-2 max-sm:bottom-18 sm:left-auto sm:w-96"
    >
      <header className="flex h-11 items-center justify-between border-b pr-1.5 pl-4">
        <h2 aria-live="polite" className="font-medium text-sm">
          {sumUp(open, failed, uploads.length)}
        </h2>
        {open === 0 && (
          <IconButton label="Close the list" size="sm" onClick={onClear}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </header>
      <ul className="max-h-72 divide-y overflow-y-auto">
        {uploads.map((upload) => (
          <UploadRow
            key={upload.key}
            upload={upload}
            onCancel={() => onCancel(upload.key)}
            onRetry={() => onRetry(upload.key)}
          />
        ))}
      </ul>
    </section>
  );
}

function sumUp(open: number, failed: number, all: number): string {
  if (open > 0) return `Uploading ${open} of ${all}`;
  if (failed > 0) return failed === all ? "Nothing was uploaded" : `${all - failed} uploaded, ${failed} not`;
  return all === 1 ? "Uploaded" : `${all} uploaded`;
}

function UploadRow({
  upload,
  onCancel,
  onRetry,
}: {
  upload: Upload;
  onCancel: () => void;
  onRetry: () => void;
}) {
  const { file, state, error } = upload;
  const isOpen = state === "waiting" || state === "sending" || state === "checking";
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <FileThumb file={file} />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="truncate text-sm">{file.name}</p>
        {error ? (
          <p className="text-danger-text text-xs">
            {error.message} {error.action}
          </p>
        ) : (
          <p className="figures text-ink-3 text-xs">{describeState(upload)}</p>
        )}
        {state === "sending" && (
          <Progress label={`Upload of ${file.name}`} value={upload.sentBytes / file.size} />
        )}
      </div>
      {state === "checking" && <Spinner className="text-ink-3" />}
      {state === "done" && <Check aria-hidden="true" className="size-4 text-state-completed" />}
      {error?.canRetry && (
        <Button size="sm" onClick={onRetry}>
          <RotateCw aria-hidden="true" /> Retry
        </Button>
      )}
      {(isOpen || error) && (
        <IconButton
          label={isOpen ? `Cancel the upload of ${file.name}` : `Remove ${file.name} from the list`}
          size="sm"
          onClick={onCancel}
        >
          <X aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}

/** How far a file is, in words. */
export function describeState({ state, file, sentBytes }: Upload): string {
  if (state === "waiting") return `${formatBytes(file.size)}, waiting`;
  if (state === "sending") return `${formatBytes(sentBytes)} of ${formatBytes(file.size)}`;
  if (state === "checking") return "Checking and making its thumbnail";
  return formatBytes(file.size);
}
