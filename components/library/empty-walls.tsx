import { Clapperboard, SearchX, Upload } from "lucide-react";
import Link from "next/link";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { UploadButton } from "../upload/upload-drop-zone";

/** A library with nothing in it: unexposed frames where pictures will hang, and the ways to begin. */
export function EmptyLibrary({ slug, canEdit }: { slug: string; canEdit: boolean }) {
  return (
    <div className="relative grid min-h-[60dvh] place-items-center overflow-hidden rounded-xl">
      <BlankFrames />
      <EmptyState
        className="relative rounded-xl bg-canvas/90 px-8 py-10 backdrop-blur-sm"
        title="Nothing hangs here yet"
        action={
          canEdit && (
            <div className="flex flex-wrap justify-center gap-2">
              <Button asChild variant="primary">
                <Link href={`/w/${slug}`}>
                  <Clapperboard aria-hidden="true" className="size-4" /> Make something
                </Link>
              </Button>
              <UploadButton>
                <Button>
                  <Upload aria-hidden="true" /> Upload files
                </Button>
              </UploadButton>
            </div>
          )
        }
      >
        {canEdit
          ? "Every picture and film you make is kept here, with its prompt and cost. Drop files anywhere to add your own."
          : "What your team makes or uploads is kept here, with its prompt and cost."}
      </EmptyState>
    </div>
  );
}

const ROWS = [
  [16 / 9, 4 / 3, 9 / 16, 16 / 9, 1, 3 / 4],
  [1, 16 / 9, 16 / 9, 3 / 4, 4 / 3, 9 / 16],
  [9 / 16, 4 / 3, 1, 16 / 9, 16 / 9, 3 / 4],
];

function BlankFrames() {
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 flex flex-col gap-1 opacity-70 [mask-image:linear-gradient(black,transparent)]"
    >
      {ROWS.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a drawing, it never changes.
        <div key={index} className="flex min-h-0 flex-1 gap-1">
          {row.map((shape, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a drawing, it never changes.
            <span key={place} style={{ flexGrow: shape }} className="rounded-sm bg-hover" />
          ))}
        </div>
      ))}
    </div>
  );
}

export function EmptyBoard({ slug }: { slug: string }) {
  return (
    <EmptyState
      title="This board is empty"
      action={
        <Button asChild>
          <Link href={`/w/${slug}/library`}>Go to the library</Link>
        </Button>
      }
    >
      Choose assets in the library and press “Add to board”, or drag them onto its card.
    </EmptyState>
  );
}

export function NothingFound({ words, onClear }: { words?: string; onClear: () => void }) {
  return (
    <EmptyState
      picture={<SearchX aria-hidden="true" strokeWidth={1.5} />}
      title={words ? `Nothing matches “${words}”` : "Nothing matches these filters"}
      action={<Button onClick={onClear}>Show everything</Button>}
    >
      {words
        ? "The search looks at prompts, descriptions, tags and file names. Try fewer or shorter words."
        : "Take a filter off to see more."}
    </EmptyState>
  );
}
