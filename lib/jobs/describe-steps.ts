import { type DescribedOrder, describeOrders } from "./describe-orders";
import type { JobRecord } from "./queries";
import { type PlannedStep, type StepFailure, type StepName, type StepView, stepId } from "./schema";

type Step = Omit<StepView, "assets" | "orders" | "again" | "choices"> & {
  assetIds: string[];
  orders: DescribedOrder[];
};

/** The job's steps as rows: as its program names them, with how they stand, then what it once made beside that. */
export function describeSteps(record: JobRecord): Step[] {
  const planned = new Set(record.job.plan.map(stepId));
  const others = record.steps.filter((step) => !planned.has(stepId(step)));
  const unplanned = [...new Map(others.map((step) => [stepId(step), step])).values()];
  return [
    ...record.job.plan.map((step) => describe(record, step, step)),
    ...unplanned.map((step) => describe(record, step)).filter(isWorthTelling),
  ];
}

/** Of what the program does not need any more: not the readings of pictures that were not taken on. */
function isWorthTelling(step: Step): boolean {
  return step.state !== "completed" || step.assetIds.length > 0 || step.orders.length > 0;
}

function describe(
  { job, steps, generations, made, failures }: JobRecord,
  { name, subject }: StepName,
  plan?: PlannedStep,
): Step {
  const isThis = (one: { stepName: string | null; subject: string }) =>
    one.stepName === name && one.subject === subject;
  const rows = steps.filter((step) => step.name === name && step.subject === subject);
  const latest = rows.sort((a, b) => b.run - a.run || b.startedAt.getTime() - a.startedAt.getTime())[0];
  const isLive = ["queued", "running", "waiting", "paused"].includes(job.state);
  const row = plan?.key ? rows.find((one) => one.key === plan.key) : latest;
  const orders = generations.filter(isThis);
  const current = orders.filter((one) => one.stepKey === row?.key);
  const model = current.at(-1)?.model ?? plan?.model ?? null;
  const paused = isLive && orders.some((one) => one.state === "uncertain");
  const take = job.takes[stepId({ name, subject })] ?? 0;
  return {
    name,
    subject,
    title: plan?.title ?? "",
    kind: plan?.kind ?? (orders.length > 0 ? "order" : "gate"),
    state: paused ? "waiting" : (row?.state ?? "planned"),
    attempts: row ? row.attempts + (row.state === "completed" || row.state === "running" ? 1 : 0) : 0,
    provider: current.at(-1)?.provider ?? model?.split(":")[0] ?? null,
    model,
    costMicros: orders.reduce((sum, one) => sum + one.costMicros, 0),
    quoteLowMicros: plan?.lowMicros ?? 0,
    quoteHighMicros: plan?.highMicros ?? 0,
    progress: row?.state === "running" ? (row.progress ?? progressOf(current)) : null,
    retryAt: row?.retryAt?.toISOString() ?? null,
    startedAt: row?.startedAt.toISOString() ?? null,
    finishedAt: row?.finishedAt?.toISOString() ?? null,
    usualSeconds: plan?.seconds ?? 0,
    error: row?.error ?? null,
    take,
    repeatable: plan?.repeatable ?? false,
    isChoice: plan?.from !== undefined,
    lookingIn: row?.state === "running" ? lookingIn(current) : null,
    orders: describeOrders(orders.filter((one) => one.take === take)),
    failures: failures.filter(({ data }) => data.name === name && data.subject === subject).map(toFailure),
    assetIds: made.filter(isThis).map((asset) => asset.id),
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
