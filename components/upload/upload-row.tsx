"use client";
import { Check, FolderOpen, Pause, Play, RotateCw, WifiOff, X } from "lucide-react";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Progress } from "../ui/progress";
import { Spinner } from "../ui/spinner";
import { FileButton } from "./file-button";
import { FileThumb } from "./file-thumb";
import { describeState, isOpen, type Upload } from "./upload";
import { desk } from "./use-uploads";

/** One file of the tray: how far it is, and what can be done. */
export function UploadRow({ upload }: { upload: Upload }) {
  const { key, name, file, state, error, bytes, sentBytes } = upload;
  const moves = state === "sending" || state === "waiting" || state === "away";
  const hasBegun = sentBytes > 0 && (state === "sending" || state === "paused" || state === "away");
  return (
    <li className="flex items-center gap-3 px-4 py-2.5">
      <FileThumb file={file} />
      <div className="grid min-w-0 flex-1 gap-1">
        <p className="truncate text-sm" title={name}>
          {name}
        </p>
        <p className={`figures text-xs ${error ? "text-danger-text" : "text-ink-3"}`}>
          {describeState(upload)}
        </p>
        {(state === "sending" || hasBegun) && (
          <Progress
            label={`Upload of ${name}`}
            value={sentBytes / bytes}
            className={state === "sending" ? undefined : "opacity-50"}
          />
        )}
      </div>
      <div className="flex shrink-0 items-center">
        {state === "checking" && <Spinner className="mr-2 text-ink-3" />}
        {state === "away" && <WifiOff aria-hidden="true" className="mr-1 size-4 text-ink-3" />}
        {state === "done" && <Check aria-hidden="true" className="mr-1.5 size-4 text-state-completed" />}
        {error?.canRetry && (
          <Button size="sm" onClick={() => desk.resume(key)}>
            <RotateCw aria-hidden="true" /> Retry
          </Button>
        )}
        {state === "interrupted" && (
          <FileButton multiple onFiles={(files) => desk.add(upload.slug, files, { place: upload.place })}>
            <Button size="sm">
              <FolderOpen aria-hidden="true" /> Choose
            </Button>
          </FileButton>
        )}
        {moves && (
          <IconButton label={`Pause the upload of ${name}`} size="sm" onClick={() => desk.pause(key)}>
            <Pause aria-hidden="true" />
          </IconButton>
        )}
        {state === "paused" && (
          <IconButton label={`Go on with the upload of ${name}`} size="sm" onClick={() => desk.resume(key)}>
            <Play aria-hidden="true" />
          </IconButton>
        )}
        {state !== "done" && (
          <IconButton
            label={isOpen(upload) ? `Cancel the upload of ${name}` : `Remove ${name} from the list`}
            size="sm"
            onClick={() => desk.remove(key)}
          >
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
    </li>
  );
}
