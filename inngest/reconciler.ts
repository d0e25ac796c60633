import { cron } from "inngest";
import { type Caller, requireRole, studioCaller } from "@/lib/auth/caller";
import { db } from "@/lib/db";
import {
  type JobRow,
  listCleared,
  listStalled,
  listUntold,
  lockJob,
  recordReconciliation,
  restartJob,
  type StalledJob,
} from "@/lib/jobs";
import type { Finding } from "@/lib/jobs/operator-schema";
import { log } from "@/lib/log";
import { type Findings, reconcileStudio, sweepMedia, sweepOrphans } from "@/lib/studio";
import { reportUnexpected, span } from "@/lib/telemetry";
import { listAliveRuns } from "./alive";
import { inngest } from "./client";
import { goOnCleared } from "./desk";
import { reconciliationAsked } from "./events";
import { ask, relay } from "./outbox";

/** Steps give a sign of life every 20 s, waits last a minute at most, and longer pauses are noted: well beyond these. */
const STALLED_SECONDS = 180;
/** A server that cannot deliver a run gives it up, and then only remembers that it was asked for: a copy can begin. */
const COPY_SECONDS = 300;

/** Repairs jobs whose run has gone, and settles what they had ordered. What it found is kept for the owners. */
export async function reconcile(): Promise<{ restarted: number; settled: number; failed: number }> {
  const begun = performance.now();
  // Where a server calls over HTTP there is no worker to do it.
  await relay();
  const stalled = await listStalled(db(), STALLED_SECONDS, await listAliveRuns());
  const revived: JobRow[] = [];
  for (const job of stalled) if (await revive(job)) revived.push(job);
  const orders = await reconcileStudio();
  await goOn();
  const found = [...revived.map(ofRevived), ...ofOrders(orders), ...(await listUntold(db()))];
  await recordReconciliation(db(), found, performance.now() - begun);
  return { restarted: revived.length, settled: orders.settled.length, failed: orders.unsettled.length };
}

/** Jobs whose doubt has cleared up. One that somebody else has moved meanwhile holds up no other. */
async function goOn(): Promise<void> {
  for (const job of await listCleared(db())) {
    await goOnCleared(job).catch((err) => log.warn({ job: job.id, err }, "a job could not go on"));
  }
}

/** A queued job may only have lost its event; a running one gets a new run, and the old one stops itself. */
async function revive({ quietSeconds, ...job }: StalledJob): Promise<boolean> {
  const queued = job.state === "queued";
  const next = queued ? job : await reopen(job);
  if (!next) return false;
  const again = queued ? Math.floor(quietSeconds / COPY_SECONDS) : 0;
  await ask(next, again);
  const ids = { job: job.id, run: next.run, state: job.state, again };
  log.warn(ids, "a job without a sign of life was asked for again");
  return true;
}

/** Null where it has moved since it was listed: it may even have ended. */
function reopen({ workspaceId, id, touchedAt }: JobRow): Promise<JobRow | null> {
  return db().transaction(async (tx) => {
    const row = await lockJob(tx, studioCaller(workspaceId), id);
    return row.touchedAt.getTime() === touchedAt.getTime() ? restartJob(tx, row) : null;
  });
}

function ofRevived({ workspaceId, id, state }: JobRow): Finding {
  const kind = state === "queued" ? "asked-again" : "restarted";
  return { workspaceId, kind, subject: id, jobId: id, detail: null };
}

function ofOrders({ settled, unsettled, budgetDifferences }: Findings): Finding[] {
  return [
    ...settled.map(({ workspaceId, id, jobId }) => {
      return { workspaceId, kind: "settled" as const, subject: id, jobId, detail: null };
    }),
    ...unsettled.map(({ row: { workspaceId, id, jobId }, reason }) => {
      return { workspaceId, kind: "unsettled" as const, subject: id, jobId, detail: reason };
    }),
    ...budgetDifferences.map(({ workspaceId, month, micros }) => {
      const detail = `${micros} micro-dollars`;
      return { workspaceId, kind: "budget-difference" as const, subject: month, jobId: null, detail };
    }),
  ];
}

/** An owner wants it now: a worker does it, in its turn. */
export async function askToReconcile(caller: Caller): Promise<void> {
  requireRole(caller, "owner");
  await inngest.send(reconciliationAsked.create({}));
}

/** Nobody waits for these: what goes wrong is only seen where it is told. */
async function watched<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await span(name, {}, work);
  } catch (thrown) {
    log.error({ err: thrown }, `${name}: failed`);
    reportUnexpected(thrown, { step: name });
    throw thrown;
  }
}

export const reconciler = inngest.createFunction(
  {
    id: "reconciler",
    triggers: [cron("* * * * *"), { event: reconciliationAsked }],
    retries: 0,
    concurrency: 1,
  },
  async ({ step }) => step.run("reconcile", () => watched("reconcile", reconcile)),
);

export const sweeper = inngest.createFunction(
  { id: "sweeper", triggers: [cron("17 * * * *")], retries: 1, concurrency: 1 },
  async ({ step }) => step.run("sweep", () => watched("sweep", sweepMedia)),
);

/** Once a day, for it reads the names of all files. */
export const orphanSweeper = inngest.createFunction(
  { id: "orphan-sweeper", triggers: [cron("43 3 * * *")], retries: 1, concurrency: 1 },
  async ({ step }) => step.run("sweep", () => watched("sweep orphans", () => sweepOrphans())),
);
