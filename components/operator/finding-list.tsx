import Link from "next/link";
import { FINDING_WORDS, type Operations } from "@/lib/jobs/operator-schema";
import { Row, Rows } from "../ui/rows";
import { RelativeTime } from "../ui/time";

/** What the reconciler repaired or could not repair, last seen first. */
export function FindingList({ findings, slug }: Pick<Operations, "findings"> & { slug: string }) {
  if (findings.length === 0)
    return <p className="text-ink-2 text-sm">It found nothing to repair in the last two weeks.</p>;
  return (
    <Rows label="Findings of the reconciler">
      {findings.map(({ kind, subject, jobId, jobTitle, detail, times, lastAt }) => (
        <Row key={`${kind}:${subject}`}>
          <span className="grid min-w-0 flex-1">
            <span className="text-sm">
              {FINDING_WORDS[kind]}
              {times > 1 && <span className="figures text-ink-3"> · {times} times</span>}
            </span>
            <span className="truncate text-ink-3 text-xs">
              {jobId && jobTitle ? (
                <Link href={`/w/${slug}/jobs/${jobId}`} className="hover:underline">
                  {jobTitle}
                </Link>
              ) : (
                subject
              )}
              {detail && ` · ${detail}`}
            </span>
          </span>
          <RelativeTime iso={lastAt} className="text-ink-3 text-xs" />
        </Row>
      ))}
    </Rows>
  );
}
