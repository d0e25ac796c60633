import { type DescribedOrder, describeOrders } from "./describe-orders";
import type { JobRecord } from "./queries";
import type { PlannedStep, StepFailure, StepView } from "./schema";

type Step = Omit<StepView, "assets" | "orders"> & { assetIds: string[]; orders: DescribedOrder[] };

/** The job's steps as rows: the planned ones in order, with how they stand, then any the plan does not know. */
export function describeSteps(record: JobRecord): Step[] {
  const planned = record.job.plan.map((step) => step.label);
  const others = record.steps.map((step) => step.label).filter((label) => !planned.includes(label));
  return [...planned, ...new Set(others)].map((label) => describe(record, label));
}

function describe({ job, steps, generations, made, failures }: JobRecord, label: string): Step {
  const plan: PlannedStep | undefined = job.plan.find((step) => step.label === label);
  const rows = steps.filter((step) => step.label === label);
  const latest = rows.sort((a, b) => b.run - a.run || b.startedAt.getTime() - a.startedAt.getTime())[0];
  const isLive = ["queued", "running", "waiting", "paused"].includes(job.state);
  // While a run is under way, a row of an earlier run is not yet known to still hold.
  const row = isLive && latest && latest.run < job.run ? undefined : latest;
  const orders = generations.filter((one) => one.stepLabel === label);
  const current = orders.filter((one) => one.stepKey === row?.key);
  const model = current.at(-1)?.model ?? plan?.model ?? null;
  const paused = isLive && orders.some((one) => one.state === "uncertain");
  return {
    label,
    state: paused ? "waiting" : (row?.state ?? "planned"),
    attempts: row ? row.attempts + (row.state === "completed" || row.state === "running" ? 1 : 0) : 0,
    provider: current.at(-1)?.provider ?? model?.split(":")[0] ?? null,
    model,
    costMicros: orders.reduce((sum, one) => sum + one.costMicros, 0),
    quoteLowMicros: plan?.lowMicros ?? 0,
    quoteHighMicros: plan?.highMicros ?? 0,
    progress: row?.state === "running" ? progressOf(current) : null,
    retryAt: row?.retryAt?.toISOString() ?? null,
    startedAt: row?.startedAt.toISOString() ?? null,
    finishedAt: row?.finishedAt?.toISOString() ?? null,
    usualSeconds: plan?.seconds ?? 0,
    error: row?.error ?? null,
    take: job.takes[label] ?? 0,
    repeatable: plan?.repeatable ?? false,
    lookingIn: row?.state === "running" ? lookingIn(current) : null,
    orders: describeOrders(orders.filter((one) => one.take === (job.takes[label] ?? 0))),
    failures: failures.filter((one) => one.data.label === label).map(toFailure),
    assetIds: made.filter((asset) => asset.stepLabel === label).map((asset) => asset.id),
  };
}

/** The mean of what the providers tell; null while none of them has told anything. */
function progressOf(orders: JobRecord["generations"]): number | null {
  const told = orders.filter((one) => one.progress !== null);
  if (told.length === 0) return null;
  return told.reduce((sum, one) => sum + (one.progress ?? 0), 0) / orders.length;
}

function lookingIn(orders: JobRecord["generations"]): StepView["lookingIn"] {
  const taken = orders.filter((one) => one.state === "accepted");
  if (taken.length === 0) return null;
  const next = Math.min(...taken.map((one) => one.lookAt?.getTime() ?? Number.POSITIVE_INFINITY));
  return {
    looks: Math.max(...taken.map((one) => one.looks)),
    nextAt: Number.isFinite(next) ? new Date(next).toISOString() : null,
  };
}

function toFailure({ id, data, createdAt }: JobRecord["failures"][number]): StepFailure {
  const said = (name: string) => (typeof data[name] === "string" ? data[name] : null);
  return {
    id,
    at: createdAt.toISOString(),
    run: typeof data.run === "number" ? data.run : 1,
    provider: said("provider"),
    message: said("message") ?? "It did not succeed.",
    retryAt: said("retryAt"),
  };
}
