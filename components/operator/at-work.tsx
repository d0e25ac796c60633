import Link from "next/link";
import type { ReactNode } from "react";
import type { Operations } from "@/lib/jobs/operator-schema";
import { StateDot } from "../ui/state";
import { RelativeTime } from "../ui/time";

/** The queue in figures. */
export function AtWork({
  counts,
  oldestQueued,
  slug,
}: Pick<Operations, "counts" | "oldestQueued"> & { slug: string }) {
  const jobsIn = (state: string) => `/w/${slug}/jobs?state=${state}`;
  return (
    <div className="grid gap-2.5">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-4">
        <Figure href={jobsIn("queued")} count={counts.queued}>
          <StateDot state="queued" /> Queued
        </Figure>
        <Figure href={jobsIn("running")} count={counts.running}>
          <StateDot state="running" /> Making
        </Figure>
        <Figure href={jobsIn("waiting")} count={counts.waiting}>
          <StateDot state="waiting" /> Wait for a person
        </Figure>
        <Figure href={jobsIn("paused")} count={counts.paused}>
          <StateDot state="paused" /> Paused at a cap
        </Figure>
      </dl>
      {oldestQueued && (
        <p className="text-ink-2 text-sm">
          Longest in the queue:{" "}
          <Link
            href={`/w/${slug}/jobs/${oldestQueued.id}`}
            className="text-ink underline decoration-line-strong underline-offset-3 hover:decoration-current"
          >
            {oldestQueued.title}
          </Link>
          , queued <RelativeTime iso={oldestQueued.since} />.
        </p>
      )}
    </div>
  );
}

function Figure({ href, count, children }: { href: string; count: number; children: ReactNode }) {
  return (
    <div className="relative grid gap-1 bg-surface px-4 py-3 hover:bg-hover">
      <dt className="flex items-center gap-2 text-ink-2 text-xs">
        <Link href={href} className="flex items-center gap-2 after:absolute after:inset-0">
          {children}
        </Link>
      </dt>
      <dd className="figures font-semibold text-lg">{count.toLocaleString("en")}</dd>
    </div>
  );
}
