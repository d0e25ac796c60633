import { eventType } from "inngest";
import { z } from "zod";
import { PIPELINES, type Pipeline } from "@/lib/jobs/schema";
import { inngest } from "./client";

/** `again`: which copy of the run this is; the run itself has none. */
const Run = z.object({ jobId: z.string(), run: z.number(), again: z.number().optional() });

/** One event per pipeline: a job, or its next run, wants to be made. */
export const requested = Object.fromEntries(
  PIPELINES.map((name) => [name, eventType(`${name}/requested`, { schema: Run })]),
) as Record<Pipeline, ReturnType<typeof eventType<string, typeof Run>>>;

export const canceled = eventType("job/canceled", { schema: z.object({ jobId: z.string() }) });

/** An owner wants the reconciler to look now. */
export const reconciliationAsked = eventType("reconciliation/asked", { schema: z.object({}) });

/** A provider said that something happened; whoever waits for this generation looks again. */
export const generationMoved = eventType("generation/moved", {
  schema: z.object({ generationId: z.string() }),
});

/**
 * Asks for a run of a job. The same run asked for twice starts once; `again` asks for a copy of it, for a server that
 * has buried the first one and remembers only that it was asked for. A copy begins nothing that another has begun.
 */
export async function requestRun(
  job: { id: string; run: number; pipeline: string },
  again = 0,
): Promise<void> {
  const data = { jobId: job.id, run: job.run, ...(again > 0 && { again }) };
  const id = `${job.id}-r${job.run}${again > 0 ? `-again-${again}` : ""}`;
  await inngest.send(requested[job.pipeline as Pipeline].create(data, { id }));
}
