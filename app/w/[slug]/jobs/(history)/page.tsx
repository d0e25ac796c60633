import Link from "next/link";
import { JobFilters } from "@/components/jobs/job-filters";
import { JobRow } from "@/components/jobs/job-row";
import { NoJobs } from "@/components/jobs/no-jobs";
import { Button } from "@/components/ui/button";
import { ErrorNote } from "@/components/ui/error-note";
import { Page } from "@/components/ui/page";
import { Rows } from "@/components/ui/rows";
import { requireCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { jobSummaries } from "@/lib/http/job-views";
import type { JobFilter } from "@/lib/jobs";
import { JobState, Pipeline } from "@/lib/jobs/schema";
import { listMembers } from "@/lib/workspaces";

export const metadata = { title: "Jobs" };

type Query = { state?: string; pipeline?: string; member?: string; cursor?: string };
type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Query> };

export default async function JobsPage({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const caller = await requireCaller(slug);
  const filter = toFilter(query);
  const [found, members] = await Promise.all([
    jobSummaries(caller, filter).catch(damagedLink),
    listMembers(caller),
  ]);
  const first = link(slug, { ...query, cursor: undefined });

  return (
    <Page title="Jobs" className="max-w-6xl">
      <div className="grid gap-4">
        <JobFilters members={members.map(({ id, name }) => ({ id, name }))} />
        {found instanceof AppError ? (
          <ErrorNote message={found.message} action={found.action}>
            <Button asChild>
              <Link href={first}>To the newest</Link>
            </Button>
          </ErrorNote>
        ) : found.jobs.length === 0 ? (
          <NoJobs slug={slug} filter={filter} />
        ) : (
          <Rows label="Jobs, newest first">
            {found.jobs.map((job) => (
              <JobRow key={job.id} job={job} slug={slug} />
            ))}
          </Rows>
        )}
        {!(found instanceof AppError) && (query.cursor || found.nextCursor) && (
          <nav aria-label="Pages" className="flex justify-between">
            {query.cursor ? (
              <Button asChild>
                <Link href={first}>Newest</Link>
              </Button>
            ) : (
              <span />
            )}
            {found.nextCursor && (
              <Button asChild>
                <Link href={link(slug, { ...query, cursor: found.nextCursor })} rel="next">
                  Older
                </Link>
              </Button>
            )}
          </nav>
        )}
      </div>
    </Page>
  );
}

/** What an address asks for; what makes no sense is left out. */
function toFilter(query: Query): JobFilter {
  return {
    state: JobState.safeParse(query.state).data,
    pipeline: Pipeline.safeParse(query.pipeline).data,
    memberId: query.member || undefined,
    cursor: query.cursor || undefined,
  };
}

function damagedLink(error: unknown): AppError {
  if (error instanceof AppError && error.code === "bad_input") return error;
  throw error;
}

function link(slug: string, query: Query): string {
  const set = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  const text = new URLSearchParams(set).toString();
  return `/w/${slug}/jobs${text ? `?${text}` : ""}`;
}
