import { and, eq, notExists, sql } from "drizzle-orm";
import { db, schema, type Tx } from "@/lib/db";
import { formatMoney } from "@/lib/money";
import type { Finding } from "./operator-schema";

const { errand, finding, generation } = schema;

const KEPT_DAYS = 14;
export const RECONCILER = "reconciler";
/** It looks every minute: after five without it, whoever should drive it does not. */
const LATE_SECONDS = 300;

/** When the reconciler last looked, for how many milliseconds, and whether it is overdue. Null: it never has. */
export async function readReconciler(): Promise<{ endedAt: Date; tookMs: number; late: boolean } | null> {
  const [row] = await db()
    .select({
      endedAt: errand.endedAt,
      tookMs: errand.tookMs,
      late: sql<boolean>`${errand.endedAt} < now() - make_interval(secs => ${LATE_SECONDS})`,
    })
    .from(errand)
    .where(eq(errand.name, RECONCILER));
  return row ?? null;
}

/** Keeps what a look of the reconciler found. What was found before is counted on; what is long past goes. */
export async function recordReconciliation(tx: Tx, found: Finding[], tookMs: number): Promise<void> {
  if (found.length > 0) {
    await tx
      .insert(finding)
      .values(found)
      .onConflictDoUpdate({
        target: [finding.workspaceId, finding.kind, finding.subject],
        set: { times: sql`${finding.times} + 1`, lastAt: sql`now()`, detail: sql`excluded.detail` },
      });
  }
  await tx.delete(finding).where(sql`${finding.lastAt} < now() - make_interval(days => ${KEPT_DAYS})`);
  await tx
    .insert(errand)
    .values({ name: RECONCILER, tookMs: Math.round(tookMs) })
    .onConflictDoUpdate({ target: errand.name, set: { endedAt: sql`now()`, tookMs: Math.round(tookMs) } });
}

/** Orders of the last days that an owner should know of and has not been told: paid and lost, or billed above their hold. */
export async function listUntold(tx: Tx): Promise<Finding[]> {
  const told = (kind: Finding["kind"]) =>
    tx
      .select({ kind: finding.kind })
      .from(finding)
      .where(
        and(
          eq(finding.workspaceId, generation.workspaceId),
          eq(finding.kind, kind),
          eq(finding.subject, generation.id),
        ),
      );
  const recent = sql`coalesce(${generation.settledAt}, ${generation.answeredAt}) > now() - make_interval(days => ${KEPT_DAYS})`;
  const of = (kind: Finding["kind"], is: ReturnType<typeof sql>) =>
    tx
      .select()
      .from(generation)
      .where(and(is, recent, notExists(told(kind))))
      .limit(200);
  const lost = await of("lost", sql`${generation.state} = 'lost'`);
  const above = await of("over-hold", sql`${generation.costMicros} > ${generation.heldMicros}`);
  const toFinding = (kind: Finding["kind"], { workspaceId, id, jobId }: (typeof lost)[number]) => ({
    ...{ workspaceId, kind, subject: id, jobId },
  });
  return [
    ...lost.map((row) => ({ ...toFinding("lost", row), detail: row.error?.message ?? null })),
    ...above.map((row) => {
      const detail = `${formatMoney(row.costMicros)} in place of at most ${formatMoney(row.heldMicros)}`;
      return { ...toFinding("over-hold", row), detail };
    }),
  ];
}
