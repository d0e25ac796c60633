import { Download, Info } from "lucide-react";
import type { AssetView } from "@/lib/assets/schema";
import { Button } from "../ui/button";

/** Beside something that a browser cannot show: why, what is seen instead, and the file itself to take away. */
export function NotShown({
  asset,
  because,
  hasPreview,
}: {
  asset: AssetView;
  because: string;
  hasPreview: boolean;
}) {
  return (
    <div
      role="note"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-raised px-4 py-2.5 text-ink-2 text-sm"
    >
      <p className="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <Info aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
        <span>
          {because} {hasPreview ? `You ${asset.kind === "audio" ? "hear" : "see"} its preview.` : ""} The file
          itself is whole.
        </span>
      </p>
      <Button asChild size="sm">
        <a href={asset.downloadUrl} download={asset.filename}>
          <Download aria-hidden="true" /> Download it
        </a>
      </Button>
    </div>
  );
}
