import { and, eq, isNull, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { formatMoney } from "@/lib/money";
import { lockMonths, type Month } from "./months";

const { budget, job, ledger, workspace } = schema;

/** Whose money: a job's, or that of one generation of it. */
export type Purse = { workspaceId: string; jobId: string; generationId?: string };

/** What stood in the way of a reservation. */
export type CapReached = { neededMicros: number; availableMicros: number; message: string };

/**
 * Reserves money for a job when it is submitted. Takes the row lock of the workspace's month, so reservations
 * that race are admitted one by one. Returns what is missing when a cap stands in the way; nothing is written then.
 */
export async function holdForJob(
  tx: Tx,
  purse: Purse,
  run: number,
  amountMicros: number,
): Promise<CapReached | null> {
  if (amountMicros === 0) return null;
  const { current } = await lockMonths(tx, purse);
  const short = await shortage(tx, purse, current, amountMicros);
  if (short) return short;
  await post(tx, purse, current.month, "hold", amountMicros, `${purse.jobId}:r${run}:hold`);
  return null;
}

/** Raises what a job has reserved and not yet used to this amount. Null where that is done, or was enough. */
export async function raiseHoldForJob(
  tx: Tx,
  purse: Purse,
  key: string,
  neededMicros: number,
): Promise<CapReached | null> {
  if (neededMicros === 0) return null;
  const months = await lockMonths(tx, purse);
  const open = await openHolds(tx, purse);
  const missing = neededMicros - open.reduce((sum, held) => sum + held.amountMicros, 0);
  if (missing <= 0) return null;
  const reserved = open.at(-1);
  const month = (reserved && months.all.get(reserved.month)) ?? months.current;
  const short = await shortage(tx, purse, month, missing);
  if (!short) await post(tx, purse, month.month, "hold", missing, `${purse.jobId}:${key}:raise`);
  return short;
}

/**
 * Reserves money for one generation: first out of what its job has reserved, the rest against the caps. It counts in
 * the month of the job's own hold, so that a job at work over midnight of the 31st spends one month's cap, once.
 */
export async function holdForGeneration(
  tx: Tx,
  purse: Required<Purse>,
  amountMicros: number,
): Promise<CapReached | null> {
  if (amountMicros === 0) return null;
  const { generationId, ...jobPurse } = purse;
  const months = await lockMonths(tx, purse);
  const reserved = (await openHolds(tx, jobPurse)).at(-1);
  const month = (reserved && months.all.get(reserved.month)) ?? months.current;
  const fromJob = Math.min(reserved?.amountMicros ?? 0, amountMicros);
  const short = await shortage(tx, purse, month, amountMicros - fromJob);
  if (short) return short;
  if (fromJob > 0) await post(tx, jobPurse, month.month, "release", fromJob, `${generationId}:take`);
  await post(tx, purse, month.month, "hold", amountMicros, `${generationId}:hold`);
  return null;
}

/**
 * Turns a generation's hold into what it really cost, and gives the rest back, in the month of the hold. Idempotent:
 * the first charge stands. Returns what is charged for it in all.
 */
export async function settleGeneration(tx: Tx, purse: Required<Purse>, costMicros: number): Promise<number> {
  const { current } = await lockMonths(tx, purse);
  const [held] = await openHolds(tx, purse);
  const month = held?.month ?? current.month;
  if (held) await post(tx, purse, month, "release", held.amountMicros, `${purse.generationId}:release`);
  const charged =
    costMicros > 0 && (await post(tx, purse, month, "charge", costMicros, `${purse.generationId}:charge`));
  if (!charged) return chargedBefore(tx, purse.generationId);
  await tx
    .update(job)
    .set({ costMicros: sql`${job.costMicros} + ${costMicros}` })
    .where(eq(job.id, purse.jobId));
  return costMicros;
}

async function chargedBefore(tx: Tx, generationId: string): Promise<number> {
  const [row] = await tx
    .select({ micros: sql<number>`coalesce(sum(${ledger.amountMicros}), 0)::float8` })
    .from(ledger)
    .where(and(eq(ledger.generationId, generationId), eq(ledger.kind, "charge")));
  return row?.micros ?? 0;
}

/** Gives back what a job still has reserved, when it ends or rests. Idempotent. */
export async function releaseJob(tx: Tx, purse: Purse, run: number): Promise<void> {
  const jobPurse = { ...purse, generationId: undefined };
  if ((await openHolds(tx, jobPurse)).length === 0) return;
  await lockMonths(tx, purse);
  for (const { month, amountMicros } of await openHolds(tx, jobPurse))
    await post(tx, purse, month, "release", amountMicros, `${purse.jobId}:r${run}:release:${month}`);
}

async function shortage(
  tx: Tx,
  purse: Purse,
  month: Month,
  amountMicros: number,
): Promise<CapReached | null> {
  if (amountMicros <= 0) return null;
  const [caps] = await tx
    .select({ month: workspace.monthCapMicros, job: workspace.jobCapMicros })
    .from(workspace)
    .where(eq(workspace.id, purse.workspaceId));
  if (caps?.month != null) {
    const availableMicros = caps.month - month.heldMicros - month.chargedMicros;
    if (amountMicros > availableMicros)
      return reached("this month's cap", caps.month, amountMicros, availableMicros);
  }
  if (caps?.job != null) {
    const [spent] = await tx
      .select({
        micros: sql<number>`coalesce(sum(case kind when 'release' then -amount_micros else amount_micros end), 0)::float8`,
      })
      .from(ledger)
      .where(eq(ledger.jobId, purse.jobId));
    const availableMicros = caps.job - (spent?.micros ?? 0);
    if (amountMicros > availableMicros)
      return reached("the cap for one job", caps.job, amountMicros, availableMicros);
  }
  return null;
}

function reached(
  which: string,
  capMicros: number,
  neededMicros: number,
  availableMicros: number,
): CapReached {
  const left = Math.max(0, availableMicros);
  return {
    neededMicros,
    availableMicros: left,
    message: `This needs ${formatMoney(neededMicros)}, but of ${which} (${formatMoney(capMicros)}) ${
      left === 0 ? "nothing" : formatMoney(left)
    } is left.`,
  };
}

/** Σ hold − Σ release of a job (without its generations) or of one generation, by the month it was held in. */
async function openHolds(tx: Tx, purse: Purse): Promise<{ amountMicros: number; month: string }[]> {
  const open = sql<number>`sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end)::float8`;
  return tx
    .select({ amountMicros: open, month: ledger.month })
    .from(ledger)
    .where(
      purse.generationId
        ? eq(ledger.generationId, purse.generationId)
        : and(eq(ledger.jobId, purse.jobId), isNull(ledger.generationId)),
    )
    .groupBy(ledger.month)
    .having(sql`${open} > 0`)
    .orderBy(ledger.month);
}

/** Writes one entry and moves the running totals; false when the key was written before. */
async function post(
  tx: Tx,
  purse: Purse,
  month: string,
  kind: "hold" | "release" | "charge",
  amountMicros: number,
  key: string,
): Promise<boolean> {
  const written = await tx
    .insert(ledger)
    .values({ ...purse, month, kind, amountMicros, key })
    .onConflictDoNothing()
    .returning({ id: ledger.id });
  if (written.length === 0) return false;
  const held = kind === "hold" ? amountMicros : kind === "release" ? -amountMicros : 0;
  const charged = kind === "charge" ? amountMicros : 0;
  await tx
    .update(budget)
    .set({
      heldMicros: sql`${budget.heldMicros} + ${held}`,
      chargedMicros: sql`${budget.chargedMicros} + ${charged}`,
    })
    .where(and(eq(budget.workspaceId, purse.workspaceId), eq(budget.month, month)));
  return true;
}
