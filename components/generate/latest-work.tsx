import Link from "next/link";
import type { AssetView } from "@/lib/assets/schema";
import type { JobSummary } from "@/lib/jobs/schema";
import { JobRow } from "../jobs/job-row";
import { Wall } from "../media/wall";
import { Rows } from "../ui/rows";

const SHOWN = 4;

/** Under the prompt: what is under way or waits for a person, then the newest pictures and films. */
export function LatestWork({
  slug,
  assets,
  open,
}: {
  slug: string;
  assets: AssetView[];
  /** What waits for a person comes first. */
  open: JobSummary[];
}) {
  const shown = open.slice(0, SHOWN);
  return (
    <>
      {open.length > 0 && (
        <section className="mx-auto grid w-full max-w-4xl gap-2.5">
          <div className="flex items-baseline justify-between">
            <h2 className="overline-label">In the works</h2>
            {open.length > shown.length && (
              <Link href={`/w/${slug}/jobs`} className="text-ink-2 text-xs hover:text-ink hover:underline">
                All jobs
              </Link>
            )}
          </div>
          <Rows label="Jobs under way">
            {shown.map((job) => (
              <JobRow key={job.id} job={job} slug={slug} compact />
            ))}
          </Rows>
        </section>
      )}
      {assets.length > 0 && (
        <section className="grid gap-2.5">
          <div className="flex items-baseline justify-between">
            <h2 className="overline-label">Latest work</h2>
            <Link href={`/w/${slug}/library`} className="text-ink-2 text-xs hover:text-ink hover:underline">
              The whole library
            </Link>
          </div>
          <Wall label="Latest work" assets={assets} href={(asset) => `/w/${slug}/library/${asset.id}`} />
        </section>
      )}
    </>
  );
}
