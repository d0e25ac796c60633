import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema } from "@/lib/db";
import type { ErrorCode } from "@/lib/errors";
import { readReconciler } from "./findings";
import type { FindingView, OpenOrder, Operations } from "./operator-schema";

const { finding, generation, job, jobEvent } = schema;

const OPEN: OpenOrder["state"][] = ["intended", "posting", "accepted", "answered", "uncertain"];
const LISTED = 50;

/** How the work of the caller's workspace stands. For owners. Reads open work and the last day, never all history. */
export async function readOperations(caller: Caller): Promise<Operations> {
  requireRole(caller, "owner");
  const [counts, oldestQueued, failures, openOrders, openOrderCount, findings, reconciled] =
    await Promise.all([
      countOpen(caller),
      findOldestQueued(caller),
      tallyFailures(caller),
      listOpenOrders(caller),
      db().$count(generation, isOpenOf(caller)),
      listFindings(caller),
      readReconciler(),
    ]);
  return {
    counts,
    oldestQueued,
    failures,
    openOrders,
    openOrderCount,
    findings,
    reconciler: reconciled && { ...reconciled, endedAt: reconciled.endedAt.toISOString() },
  };
}

async function countOpen(caller: Caller): Promise<Operations["counts"]> {
  const rows = await db()
    .select({ state: job.state, count: sql<number>`count(*)::int` })
    .from(job)
    .where(
      and(
        eq(job.workspaceId, caller.workspaceId),
        inArray(job.state, ["queued", "running", "waiting", "paused"]),
      ),
    )
    .groupBy(job.state);
  return {
    queued: 0,
    running: 0,
    waiting: 0,
    paused: 0,
    ...Object.fromEntries(rows.map((row) => [row.state, row.count])),
  };
}

/** Nothing touches a job while it is queued: its last sign of life is when it joined the queue. */
async function findOldestQueued(caller: Caller): Promise<Operations["oldestQueued"]> {
  const [row] = await db()
    .select({ id: job.id, title: job.title, since: job.touchedAt })
    .from(job)
    .where(and(eq(job.workspaceId, caller.workspaceId), eq(job.state, "queued")))
    .orderBy(asc(job.touchedAt))
    .limit(1);
  return row ? { ...row, since: row.since.toISOString() } : null;
}

async function tallyFailures(caller: Caller): Promise<Operations["failures"]> {
  const provider = sql<string | null>`${jobEvent.data} ->> 'provider'`;
  const code = sql<ErrorCode>`coalesce(${jobEvent.data} ->> 'code', 'internal')`;
  const rows = await db()
    .select({
      provider: provider.as("provider"),
      code: code.as("code"),
      attempts: sql<number>`count(*)::int`.as("attempts"),
      jobs: sql<number>`count(distinct ${jobEvent.jobId})::int`,
      lastAt: sql`max(${jobEvent.createdAt})`.mapWith(jobEvent.createdAt),
    })
    .from(jobEvent)
    .where(
      and(
        eq(jobEvent.workspaceId, caller.workspaceId),
        sql`type in ('step.retrying', 'step.failed')`,
        sql`${jobEvent.createdAt} > now() - interval '24 hours'`,
      ),
    )
    .groupBy(sql`1`, sql`2`)
    .orderBy(sql`attempts desc`);
  return rows.map((row) => ({ ...row, lastAt: row.lastAt.toISOString() }));
}

async function listOpenOrders(caller: Caller): Promise<OpenOrder[]> {
  const { id, jobId, stepName, provider, model, state, heldMicros, createdAt } = generation;
  const rows = await db()
    .select({ id, jobId, jobTitle: job.title, stepName, provider, model, state, heldMicros, createdAt })
    .from(generation)
    .innerJoin(job, eq(job.id, generation.jobId))
    .where(isOpenOf(caller))
    .orderBy(asc(createdAt))
    .limit(LISTED);
  return rows.map((row) => ({
    ...row,
    state: row.state as OpenOrder["state"],
    createdAt: row.createdAt.toISOString(),
  }));
}

const isOpenOf = (caller: Caller) =>
  and(eq(generation.workspaceId, caller.workspaceId), inArray(generation.state, OPEN));

async function listFindings(caller: Caller): Promise<FindingView[]> {
  const { kind, subject, jobId, detail, times, firstAt, lastAt } = finding;
  const rows = await db()
    .select({ kind, subject, jobId, detail, times, firstAt, lastAt, jobTitle: job.title })
    .from(finding)
    .leftJoin(job, eq(job.id, finding.jobId))
    .where(eq(finding.workspaceId, caller.workspaceId))
    .orderBy(desc(lastAt))
    .limit(LISTED);
  return rows.map((row) => ({
    ...row,
    firstAt: row.firstAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
  }));
}
