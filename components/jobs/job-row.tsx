import { Film } from "lucide-react";
import Link from "next/link";
import { type JobSummary, PIPELINE_WORDS } from "@/lib/jobs/schema";
import { MotionTile } from "../media/motion-tile";
import { shapeOf } from "../media/shape";
import { DraftBadge } from "../ui/badge";
import { cn } from "../ui/cn";
import { formatDuration } from "../ui/format-time";
import { Money, MoneyRange } from "../ui/money";
import { StateLabel } from "../ui/state";
import { Elapsed, RelativeTime } from "../ui/time";
import { hasEnded, isLive, spanSeconds } from "./reckon";

/** A job in the history. The whole row leads to it. */
export function JobRow({ job, slug, compact = false }: { job: JobSummary; slug: string; compact?: boolean }) {
  return (
    <li
      className={cn(
        "group relative grid gap-x-5 gap-y-2 px-3 py-3 transition-colors hover:bg-hover/60 sm:px-4 md:items-center",
        compact
          ? "grid-cols-[6rem_minmax(0,1fr)] items-center py-2.5 md:grid-cols-[7rem_minmax(0,1fr)_auto]"
          : "md:grid-cols-[15rem_minmax(0,1fr)_auto]",
      )}
    >
      <Covers job={job} compact={compact} />
      <div className="grid min-w-0 gap-1">
        <Link
          href={`/w/${slug}/jobs/${job.id}`}
          className="line-clamp-2 font-medium text-base after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-amber-text md:line-clamp-1"
        >
          {job.title}
        </Link>
        <p className="flex flex-wrap items-center gap-x-2.5 gap-y-0.5 text-ink-3 text-xs">
          {!compact && (
            <>
              <span>{PIPELINE_WORDS[job.pipeline].name}</span>
              <span aria-hidden="true">·</span>
            </>
          )}
          <span>{job.sample ? "Sample" : (job.createdBy?.name ?? "The command line")}</span>
          <span aria-hidden="true">·</span>
          <RelativeTime iso={job.createdAt} />
          {job.draft && <DraftBadge className="ml-1" />}
        </p>
        {job.state === "failed" && job.error && (
          <p className="line-clamp-1 text-danger-text text-xs">{job.error.message}</p>
        )}
      </div>
      <div className={cn("flex items-center gap-5 max-md:justify-between", compact && "max-md:col-span-2")}>
        <StateLabel state={job.state} className="md:w-28" />
        <span className="figures w-14 text-right text-ink-2 text-sm">
          <Time job={job} />
        </span>
        <span className="w-20 text-right text-ink-2 text-sm">
          {job.costMicros === 0 && !hasEnded(job.state) && job.quoteHighMicros > 0 ? (
            <MoneyRange
              lowMicros={job.quoteLowMicros}
              highMicros={job.quoteHighMicros}
              className="text-ink-3 text-xs"
            />
          ) : (
            <Money micros={job.costMicros} paid={job.quoteHighMicros > 0} />
          )}
        </span>
      </div>
    </li>
  );
}

function Time({ job }: { job: JobSummary }) {
  if (isLive(job.state) && job.startedAt) return <Elapsed startedAt={job.startedAt} finishedAt={null} />;
  const seconds = job.state === "completed" || job.state === "failed" ? spanSeconds(job) : null;
  return seconds === null ? null : formatDuration(seconds);
}

function Covers({ job, compact }: { job: JobSummary; compact: boolean }) {
  const last = job.covers.at(-1);
  if (!last) {
    return (
      <div
        className={cn(
          "flex h-14 items-center justify-center rounded-sm border border-dashed text-ink-3",
          isLive(job.state) && "skeleton border-transparent",
          !compact && "max-md:hidden",
        )}
      >
        <Film aria-hidden="true" className="size-5" strokeWidth={1.5} />
      </div>
    );
  }
  if (compact) return <MotionTile asset={last} className="h-14 rounded-sm" />;
  return (
    <div className="flex h-14 gap-px overflow-hidden rounded-sm bg-stage">
      {job.covers.map((asset) => (
        <div key={asset.id} className="h-full min-w-0 shrink" style={{ aspectRatio: shapeOf(asset) }}>
          <MotionTile asset={asset} className="size-full" />
        </div>
      ))}
    </div>
  );
}
