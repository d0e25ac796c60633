import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { JobView } from "@/components/jobs/job-view";
import { namesOf } from "@/components/jobs/model-name";
import { impactsOf } from "@/inngest";
import { requireCaller } from "@/lib/auth";
import { AppError } from "@/lib/errors";
import { jobDetail } from "@/lib/http/job-views";
import { getJob } from "@/lib/jobs";
import { JOB_STATE_WORDS } from "@/lib/jobs/schema";
import { listModels } from "@/lib/studio";
import { cutText } from "@/lib/text";
import { approve, cancel, choose, retry, retryStep, settle, takeAgain } from "../../actions";

type Props = { params: Promise<{ slug: string; job: string }> };

const readJob = cache(async (slug: string, jobId: string) => {
  const caller = await requireCaller(slug);
  try {
    const record = await getJob(caller, jobId);
    return { caller, job: await jobDetail(caller, record, await impactsOf(record)) };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, job: jobId } = await params;
  const { job } = await readJob(slug, jobId);
  return { title: `${JOB_STATE_WORDS[job.state]} · ${cutText(job.title, 60, "…")}` };
}

export default async function JobPage({ params }: Props) {
  const { slug, job: jobId } = await params;
  const { caller, job } = await readJob(slug, jobId);
  return (
    <JobView
      job={job}
      names={namesOf(listModels())}
      slug={slug}
      mayEdit={caller.role !== "viewer"}
      isOwner={caller.role === "owner"}
      acts={{
        approve: approve.bind(null, slug),
        cancel: cancel.bind(null, slug),
        retry: retry.bind(null, slug),
        retryFrom: retryStep.bind(null, slug),
        newTake: takeAgain.bind(null, slug),
        decide: choose.bind(null, slug),
        settle: settle.bind(null, slug),
      }}
    />
  );
}
