"use client";
import { useRouter } from "next/navigation";
import { useCallback, useOptimistic, useTransition } from "react";
import type { JobDetail, StepName } from "@/lib/jobs/schema";
import type { Answer } from "../answer";
import { toast } from "../ui/toast";
import { unreachable } from "../use-act";

type Act<I> = (input: I) => Promise<Answer<unknown>>;

/** What can be asked of a job. */
export type JobActs = {
  cancel: Act<{ jobId: string }>;
  retry: Act<{ jobId: string }>;
  retryFrom: Act<{ jobId: string; step: StepName }>;
  newTake: Act<{ jobId: string; step: StepName }>;
  decide: Act<{ jobId: string; step: StepName; choice: string }>;
  approve: Act<{ jobId: string; step: StepName; key: string }>;
  settle: Act<{ jobId: string; generationId: string; choice: "order again" | "do not pay again" }>;
};

/** The job as it will be once the server has heard, and what can be asked of it. */
export function useJob(job: JobDetail, acts: JobActs) {
  const router = useRouter();
  const [busy, start] = useTransition();
  const [shown, expect] = useOptimistic(job);

  const ask = useCallback(
    (soon: Partial<JobDetail>, run: () => Promise<Answer<unknown>>) =>
      start(async () => {
        expect((now) => ({ ...now, ...soon }));
        const answer = await run().catch(unreachable);
        if (!answer.ok) toast.error(answer.error);
        start(() => router.refresh());
      }),
    [expect, router],
  );

  const reopened = { state: "queued", wait: null, error: null, finishedAt: null } as const;
  const jobId = job.id;
  return {
    job: shown,
    busy,
    cancel: () => ask({ state: "canceled", wait: null }, () => acts.cancel({ jobId })),
    retry: () => ask(reopened, () => acts.retry({ jobId })),
    retryFrom: (step: StepName) => ask(reopened, () => acts.retryFrom({ jobId, step: nameOf(step) })),
    newTake: (step: StepName) => ask(reopened, () => acts.newTake({ jobId, step: nameOf(step) })),
    /** One order in doubt; the job goes on with the last of them. */
    settle: (generationId: string, choice: "order again" | "do not pay again") => {
      const doubts = shown.doubts.filter((doubt) => doubt.generationId !== generationId);
      const goesOn = shown.wait?.kind === "uncertain" && doubts.length === 0;
      const act = () => acts.settle({ jobId, generationId, choice });
      ask(goesOn ? { ...reopened, doubts } : { doubts }, act);
    },
    approve: (gate: StepName, key: string) =>
      ask(reopened, () => acts.approve({ jobId, step: nameOf(gate), key })),
    decide: (gate: StepName, choice: string) =>
      ask(reopened, () => acts.decide({ jobId, step: nameOf(gate), choice })),
  };
}

/** The step alone, without what a page knows of it beside. */
function nameOf({ name, subject }: StepName): StepName {
  return { name, subject };
}

export type JobDesk = ReturnType<typeof useJob>;
