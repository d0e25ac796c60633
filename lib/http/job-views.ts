import { findAssets, findCovers } from "@/lib/assets";
import type { Caller } from "@/lib/auth";
import { describeSteps, type JobFilter, type JobRecord, type ListedJob, listJobs, toDoubt } from "@/lib/jobs";
import { type Impact, type JobDetail, type JobSummary, type Pipeline, stepId } from "@/lib/jobs/schema";
import { toAssetViews, toOrderNote } from "./media-urls";

/** A page of the history, with thumbnails. */
export async function jobSummaries(
  caller: Caller,
  filter: JobFilter = {},
): Promise<{ jobs: JobSummary[]; nextCursor: string | null }> {
  const { jobs, nextCursor } = await listJobs(caller, filter);
  return { jobs: await withCovers(caller, jobs), nextCursor };
}

const OPEN = ["waiting", "paused", "running", "queued"] as const;

/** Every job that is under way or waits for a person, those first: of each state the newest five. */
export async function openJobSummaries(caller: Caller): Promise<JobSummary[]> {
  const pages = await Promise.all(OPEN.map((state) => listJobs(caller, { state, limit: 5 })));
  return withCovers(
    caller,
    pages.flatMap((page) => page.jobs),
  );
}

async function withCovers(caller: Caller, jobs: ListedJob[]): Promise<JobSummary[]> {
  const [made, begun] = await Promise.all([
    findCovers(
      caller,
      jobs.map((job) => job.id),
    ),
    findAssets(caller, jobs.flatMap(sourceOf)),
  ]);
  const [covers, sources] = await Promise.all([toAssetViews(made), toAssetViews(begun)]);
  const coversOf = (job: ListedJob) => {
    const own = covers.filter((asset) => asset.jobId === job.id);
    return own.length > 0 ? own : sources.filter((asset) => sourceOf(job).includes(asset.id));
  };
  return jobs.map((job) => ({ ...summary(job), covers: coversOf(job) }));
}

/** By step, what a new take and each choice would make again. */
type Impacts = {
  takes: Record<string, { own: Impact; following: Impact }>;
  choices: Record<string, Record<string, Impact>>;
};

/** A job with all its steps and takes, and what changes of it would cost. */
export async function jobDetail(
  caller: Caller,
  record: JobRecord,
  impacts: Impacts = { takes: {}, choices: {} },
): Promise<JobDetail> {
  const [made, begun] = await Promise.all([
    findAssets(
      caller,
      record.made.map((one) => one.id),
    ),
    findAssets(caller, sourceOf(record.job)),
  ]);
  const [assets, [source = null]] = await Promise.all([toAssetViews(made), toAssetViews(begun)]);
  const byId = new Map(assets.map((asset) => [asset.id, asset]));
  const steps = await Promise.all(
    describeSteps(record).map(async ({ assetIds, orders, ...step }) => ({
      ...step,
      again: impacts.takes[stepId(step)] ?? null,
      choices: impacts.choices[stepId(step)] ?? {},
      orders: await Promise.all(orders.map(toOrderNote)),
      assets: assetIds.flatMap((id) => byId.get(id) ?? []),
    })),
  );
  return {
    ...summary(record.job),
    covers: assets.slice(-4),
    input: record.job.input,
    choices: record.job.choices,
    decisions: record.decisions,
    source,
    heldMicros: record.heldMicros,
    steps,
    doubts: record.generations.filter(({ state }) => state === "uncertain").map(toDoubt),
  };
}

/** The id of the picture or film that a job was ordered with, if any. */
function sourceOf({ input }: ListedJob): string[] {
  const id = input.pictureId ?? input.assetId;
  return typeof id === "string" ? [id] : [];
}

function summary(job: ListedJob): Omit<JobSummary, "covers"> {
  const { id, title, state, wait, error, quoteLowMicros, quoteHighMicros, costMicros, draft, sample } = job;
  return {
    ...{ id, title, state, wait, error, quoteLowMicros, quoteHighMicros, costMicros, draft, sample },
    pipeline: job.pipeline as Pipeline,
    createdBy: job.creator,
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
