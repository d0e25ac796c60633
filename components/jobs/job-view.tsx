"use client";
import { ArrowLeft, X } from "lucide-react";
import Link from "next/link";
import { type JobDetail, stepId } from "@/lib/jobs/schema";
import { DraftBadge } from "../ui/badge";
import { Button } from "../ui/button";
import { Confirm } from "../ui/confirm";
import { Rows } from "../ui/rows";
import { StateLabel } from "../ui/state";
import { type JobActs, type JobDesk, useJob } from "./acts";
import { Attention } from "./attention";
import { JobFacts } from "./job-facts";
import type { Names } from "./model-name";
import { isLive } from "./reckon";
import { Stage } from "./stage";
import { StepRow } from "./step-row";

/** One job: what it makes on the stage, its steps below, what was asked beside it. */
export function JobView({
  job,
  acts,
  names,
  slug,
  mayEdit,
  isOwner,
}: {
  job: JobDetail;
  acts: JobActs;
  names: Names;
  slug: string;
  mayEdit: boolean;
  isOwner: boolean;
}) {
  const desk = useJob(job, acts);
  return (
    <div className="mx-auto grid w-full max-w-[100rem] gap-5 px-4 py-5 sm:px-8 sm:py-7">
      <Head desk={desk} slug={slug} mayEdit={mayEdit} />
      <Attention desk={desk} names={names} slug={slug} mayEdit={mayEdit} isOwner={isOwner} />
      <div className="grid gap-x-8 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 content-start gap-8">
          <Stage desk={desk} names={names} slug={slug} mayEdit={mayEdit} />
          <section className="grid gap-2.5">
            <h2 className="overline-label">Steps</h2>
            <Rows label="Steps">
              {desk.job.steps.map((step) => (
                <StepRow key={stepId(step)} step={step} desk={desk} names={names} mayEdit={mayEdit} />
              ))}
            </Rows>
          </section>
        </div>
        <JobFacts job={desk.job} names={names} slug={slug} />
      </div>
    </div>
  );
}

function Head({ desk, slug, mayEdit }: { desk: JobDesk; slug: string; mayEdit: boolean }) {
  const { job } = desk;
  const canCancel = mayEdit && (isLive(job.state) || job.state === "waiting" || job.state === "paused");
  return (
    <header className="grid gap-2">
      <Link
        href={`/w/${slug}/jobs`}
        className="inline-flex w-fit items-center gap-1.5 text-ink-3 text-xs hover:text-ink"
      >
        <ArrowLeft aria-hidden="true" className="size-3.5" /> Jobs
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 flex-1 gap-1.5">
          <h1 className="line-clamp-2 max-w-4xl font-semibold text-lg">{job.title}</h1>
          <div className="flex flex-wrap items-center gap-3">
            <span aria-live="polite">
              <StateLabel state={job.state} />
            </span>
            {job.draft && <DraftBadge />}
          </div>
        </div>
        {canCancel && (
          <Confirm
            trigger={
              <Button variant="quiet">
                <X aria-hidden="true" /> Cancel
              </Button>
            }
            title="Cancel this job?"
            description="What is finished is kept, and what is reserved goes back. What a provider is already making is still fetched, for it may have to be paid."
            action="Cancel the job"
            cancel="Let it go on"
            danger
            onConfirm={desk.cancel}
          />
        )}
      </div>
    </header>
  );
}
