import { and, eq, isNull, sql } from "drizzle-orm";
import { schema, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { formatMoney, monthOf } from "@/lib/money";

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
  const month = await lockMonth(tx, purse.workspaceId);
  const short = await shortage(tx, purse, month, amountMicros);
  if (short) return short;
  await post(tx, purse, month.month, "hold", amountMicros, `${purse.jobId}:r${run}:hold`);
  return null;
}

/** Reserves money for one generation: first out of what its job has reserved, the rest against the caps. */
export async function holdForGeneration(
  tx: Tx,
  purse: Required<Purse>,
  amountMicros: number,
): Promise<CapReached | null> {
  if (amountMicros === 0) return null;
  const month = await lockMonth(tx, purse.workspaceId);
  const reserved = await openHold(tx, { ...purse, generationId: undefined });
  const fromJob = Math.min(reserved.amountMicros, amountMicros);
  const short = await shortage(tx, purse, month, amountMicros - fromJob);
  if (short) return short;
  const { generationId, ...jobPurse } = purse;
  if (fromJob > 0) await post(tx, jobPurse, reserved.month, "release", fromJob, `${generationId}:take`);
  await post(tx, purse, month.month, "hold", amountMicros, `${generationId}:hold`);
  return null;
}

/** Turns a generation's hold into what it really cost, and gives the rest back. Idempotent. */
export async function settleGeneration(tx: Tx, purse: Required<Purse>, costMicros: number): Promise<void> {
  const month = await lockMonth(tx, purse.workspaceId);
  const held = await openHold(tx, purse);
  if (held.amountMicros > 0) {
    await post(tx, purse, held.month, "release", held.amountMicros, `${purse.generationId}:release`);
  }
  if (costMicros === 0) return;
  const charged = await post(
    tx,
    purse,
    held.month || month.month,
    "charge",
    costMicros,
    `${purse.generationId}:charge`,
  );
  if (charged) {
    await tx
      .update(job)
      .set({ costMicros: sql`${job.costMicros} + ${costMicros}` })
      .where(eq(job.id, purse.jobId));
  }
}

/** Gives back what a job still has reserved, when it ends or rests. Idempotent. */
export async function releaseJob(tx: Tx, purse: Purse, run: number): Promise<void> {
  const held = await openHold(tx, { ...purse, generationId: undefined });
  if (held.amountMicros === 0) return;
  await lockMonth(tx, purse.workspaceId);
  const still = await openHold(tx, { ...purse, generationId: undefined });
  if (still.amountMicros === 0) return;
  await post(tx, purse, still.month, "release", still.amountMicros, `${purse.jobId}:r${run}:release`);
}

type Month = { month: string; heldMicros: number; chargedMicros: number };

async function lockMonth(tx: Tx, workspaceId: string): Promise<Month> {
  const month = monthOf(new Date());
  await tx.insert(budget).values({ workspaceId, month }).onConflictDoNothing();
  const [row] = await tx
    .select()
    .from(budget)
    .where(and(eq(budget.workspaceId, workspaceId), eq(budget.month, month)))
    .for("update");
  if (!row) throw new AppError("internal", "The month's budget could not be opened.");
  return row;
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

/** Σ hold − Σ release of a job (without its generations) or of one generation, and the month it was held in. */
async function openHold(tx: Tx, purse: Purse): Promise<{ amountMicros: number; month: string }> {
  const [row] = await tx
    .select({
      amountMicros: sql<number>`coalesce(sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end), 0)::float8`,
      month: sql<string>`coalesce(max(month), '')`,
    })
    .from(ledger)
    .where(
      purse.generationId
        ? eq(ledger.generationId, purse.generationId)
        : and(eq(ledger.jobId, purse.jobId), isNull(ledger.generationId)),
    );
  return row ?? { amountMicros: 0, month: "" };
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

/** Months whose running totals are not what their ledger says. Always empty, unless there is a bug. */
export async function findDifferences(
  tx: Tx,
): Promise<{ workspaceId: string; month: string; micros: number }[]> {
  const sums = tx
    .select({
      workspaceId: ledger.workspaceId,
      month: ledger.month,
      held: sql<number>`sum(case kind when 'hold' then amount_micros when 'release' then -amount_micros else 0 end)::float8`.as(
        "held",
      ),
      charged: sql<number>`sum(case kind when 'charge' then amount_micros else 0 end)::float8`.as("charged"),
    })
    .from(ledger)
    .groupBy(ledger.workspaceId, ledger.month)
    .as("sums");
  return tx
    .select({
      workspaceId: budget.workspaceId,
      month: budget.month,
      micros: sql<number>`abs(${budget.heldMicros} - coalesce(${sums.held}, 0)) + abs(${budget.chargedMicros} - coalesce(${sums.charged}, 0))`,
    })
    .from(budget)
    .leftJoin(sums, and(eq(sums.workspaceId, budget.workspaceId), eq(sums.month, budget.month)))
    .where(
      sql`${budget.heldMicros} <> coalesce(${sums.held}, 0) or ${budget.chargedMicros} <> coalesce(${sums.charged}, 0)`,
    );
}
