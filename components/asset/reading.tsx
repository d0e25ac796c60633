"use client";
import { ScanEye } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import type { AssetView } from "@/lib/assets/schema";
import type { ErrorRecord } from "@/lib/errors";
import type { JobState } from "@/lib/jobs/schema";
import type { Answer } from "../answer";
import { useLibrary } from "../library/actions";
import { Button } from "../ui/button";
import { ErrorNote } from "../ui/error-note";
import { MoneyRange } from "../ui/money";
import { Spinner } from "../ui/spinner";
import { toast } from "../ui/toast";
import { unreachable } from "../use-act";
import { CopyButton } from "./copy-button";

/** A reading that was ordered from this page: how its job stands. */
export type ReadingJob = { id: string; state: JobState; error: ErrorRecord | null };
export type AskReading = (
  slug: string,
  input: { id: string; atSeconds?: number },
) => Promise<Answer<{ jobId: string }>>;
export type ReadingPrice = { lowMicros: number; highMicros: number } | null;

/** What is to be seen, in words: by a vision model, or measured by the draft engine. */
export function Reading({
  asset,
  frame,
  job,
  price,
  ask,
  readBy,
}: {
  asset: AssetView;
  /** Holds the player: a video is read at the frame that stands there. */
  frame: RefObject<HTMLElement | null>;
  job: ReadingJob | null;
  price: ReadingPrice;
  ask: AskReading;
  /** The model that did it, as its provider calls it. */
  readBy: string | null;
}) {
  const { slug, canEdit } = useLibrary();
  const isRead = asset.description !== null || asset.tags.length > 0;
  if (asset.kind === "audio" || (!isRead && !canEdit)) return null;
  return (
    <section aria-labelledby="seen" className="grid gap-3">
      <div className="flex min-h-8 items-center justify-between gap-2">
        <h2 id="seen" className="font-semibold text-base">
          What it shows
        </h2>
        {canEdit && <Order asset={asset} frame={frame} job={job} price={price} ask={ask} isRead={isRead} />}
      </div>
      {job?.state === "failed" && (
        <ErrorNote message={job.error?.message ?? "The reading failed."} action={job.error?.action}>
          <Button asChild size="sm">
            <Link href={`/w/${slug}/jobs/${job.id}`}>See the job</Link>
          </Button>
        </ErrorNote>
      )}
      {asset.description && <p className="text-ink-2 text-sm">{asset.description}</p>}
      {asset.tags.length > 0 && <Tags slug={slug} tags={asset.tags} />}
      {asset.suggestedMotion && (
        <div className="grid gap-1 rounded-md bg-surface p-3">
          <div className="flex items-center justify-between gap-2">
            <h3 className="overline-label">Suggested motion</h3>
            <CopyButton text={asset.suggestedMotion} label="Copy the suggested motion" />
          </div>
          <p className="text-ink-2 text-sm">{asset.suggestedMotion}</p>
        </div>
      )}
      {readBy && <p className="text-ink-3 text-xs">Read by {readBy}</p>}
      {!isRead && !isUnderWay(job) && (
        <p className="text-ink-3 text-sm">
          {asset.kind === "video"
            ? "Not read yet. A reading describes the frame you stopped at, and makes it findable."
            : "Not read yet. A reading describes the picture, and makes it findable."}
        </p>
      )}
    </section>
  );
}

function Order({
  asset,
  frame,
  job,
  price,
  ask,
  isRead,
}: Omit<Parameters<typeof Reading>[0], "readBy"> & { isRead: boolean }) {
  const { slug } = useLibrary();
  const router = useRouter();
  const path = usePathname();
  const [asking, setAsking] = useState(false);
  if (isUnderWay(job)) {
    return (
      <Link
        role="status"
        href={`/w/${slug}/jobs/${job?.id}`}
        className="flex items-center gap-2 text-sm text-state-running underline-offset-3 hover:underline"
      >
        <Spinner /> {job?.state === "queued" ? "Waiting its turn" : "Looking at it"}
      </Link>
    );
  }
  const order = async () => {
    setAsking(true);
    const atSeconds = frame.current?.querySelector("video")?.currentTime;
    const answer = await ask(slug, { id: asset.id, atSeconds }).catch(unreachable);
    setAsking(false);
    if (!answer.ok) return toast.error(answer.error);
    // In the address, so that a reload still knows what is under way.
    const query = new URLSearchParams(window.location.search);
    query.set("reading", answer.value.jobId);
    router.replace(`${path}?${query}`, { scroll: false });
  };
  const words = asset.kind === "video" ? "Read this frame" : isRead ? "Read again" : "Analyse";
  return (
    <Button size="sm" busy={asking} onClick={() => void order()}>
      <ScanEye aria-hidden="true" /> {words}
      {price && price.highMicros > 0 && (
        <MoneyRange lowMicros={price.lowMicros} highMicros={price.highMicros} className="text-ink-3" />
      )}
    </Button>
  );
}

function isUnderWay(job: ReadingJob | null): boolean {
  return job?.state === "queued" || job?.state === "running";
}

function Tags({ slug, tags }: { slug: string; tags: string[] }) {
  return (
    <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
      {tags.map((tag) => (
        <li key={tag}>
          <Link
            href={`/w/${slug}/library?${new URLSearchParams({ tag })}`}
            className="inline-flex h-6 items-center rounded-full border border-line-strong px-2.5 text-ink-2 text-xs hover:bg-hover hover:text-ink coarse:h-8"
          >
            {tag}
          </Link>
        </li>
      ))}
    </ul>
  );
}
