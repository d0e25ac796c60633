"use client";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "../ui/icon-button";
import { Progress } from "../ui/progress";
import { isOpen, type Upload } from "./upload";
import { UploadRow } from "./upload-row";
import { desk, useShownPlaces, useUploads } from "./use-uploads";

const CLEARED_MS = 4_000;

/** The files on their way, at the lower edge of every page. It goes by itself when all arrived well. */
export function UploadTray() {
  const places = useShownPlaces();
  const [folded, setFolded] = useState(false);
  const uploads = useUploads().filter(({ place }) => place === null || !places.has(place));
  const open = uploads.filter(isOpen);
  const failed = uploads.filter(({ state }) => state === "failed").length;
  const allWell = uploads.length > 0 && open.length === 0 && failed === 0;
  useEffect(() => {
    if (!allWell) return;
    const timer = setTimeout(desk.clear, CLEARED_MS);
    return () => clearTimeout(timer);
  }, [allWell]);
  if (uploads.length === 0) return null;
  return (
    <section
      aria-label="Uploads"
      className="fixed right-4 bottom-4 left-4 z-40 overflow-hidden rounded-lg border border-line-strong bg-raised shadow-float animate-in fade-in-0 slide-in-from-bottom-2 max-sm:bottom-18 sm:left-auto sm:w-96"
    >
      <header className="flex h-11 items-center gap-1 pr-1.5 pl-4">
        <h2 aria-live="polite" className="mr-auto truncate font-medium text-sm">
          {sumUp(uploads, open, failed)}
        </h2>
        <IconButton
          label={folded ? "Show the list" : "Fold the list"}
          size="sm"
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? <ChevronUp aria-hidden="true" /> : <ChevronDown aria-hidden="true" />}
        </IconButton>
        {open.length === 0 && (
          <IconButton label="Close the list" size="sm" onClick={desk.clear}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </header>
      {folded ? (
        open.length > 0 && (
          <Progress label="All uploads" value={shareSent(uploads)} className="rounded-none" />
        )
      ) : (
        <ul className="max-h-[min(18rem,50dvh)] divide-y overflow-y-auto border-t">
          {uploads.map((upload) => (
            <UploadRow key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
    </section>
  );
}

function sumUp(uploads: Upload[], open: Upload[], failed: number): string {
  const all = uploads.length;
  const standing = (state: Upload["state"]) => open.filter((upload) => upload.state === state).length;
  if (open.length > 0) {
    const resting = standing("paused") + standing("interrupted");
    if (resting === open.length) return resting === 1 ? "1 upload rests" : `${resting} uploads rest`;
    if (standing("away") > 0 && standing("sending") + standing("checking") === 0)
      return "Waiting for the connection";
    return `Uploading ${open.length} of ${all}`;
  }
  if (failed > 0) return failed === all ? "Nothing was uploaded" : `${all - failed} uploaded, ${failed} not`;
  return all === 1 ? "Uploaded" : `${all} uploaded`;
}

function shareSent(uploads: Upload[]): number {
  const sent = uploads.reduce(
    (sum, { state, bytes, sentBytes }) => sum + (state === "done" ? bytes : sentBytes),
    0,
  );
  return (
    sent /
    Math.max(
      1,
      uploads.reduce((sum, { bytes }) => sum + bytes, 0),
    )
  );
}
