import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  findDifferences,
  holdForGeneration,
  holdForJob,
  listLedger,
  monthTotals,
  releaseJob,
  settleGeneration,
} from "@/lib/budget";
import { db, schema } from "@/lib/db";
import { dollars } from "@/lib/money";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";

let base: TestDatabase;
beforeAll(async () => {
  base = await createDatabase();
});
afterAll(() => base.drop());

let teams = 0;
async function team(caps: { monthCapMicros?: number; jobCapMicros?: number } = {}) {
  const made = await addTeam(base.db, `money-${teams++}`);
  await base.db
    .update(schema.workspace)
    .set(caps.monthCapMicros || caps.jobCapMicros ? caps : { name: made.slug })
    .where(eq(schema.workspace.id, made.workspaceId));
  return made;
}
const hold = (workspaceId: string, jobId: string, micros: number, run = 1) =>
  db().transaction((tx) => holdForJob(tx, { workspaceId, jobId }, run, micros));

describe("the budget", () => {
  it("admits exactly as many of 200 parallel jobs as the month's cap allows", async () => {
    const { workspaceId, owner } = await team({ monthCapMicros: dollars(10) });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => hold(workspaceId, `job_p${n}`, dollars(1))),
    );
    expect(answers.filter((cap) => cap === null)).toHaveLength(10);
    expect(answers.find((cap) => cap !== null)?.message).toContain(
      "of this month's cap ($10.00) nothing is left",
    );
    expect(await monthTotals(owner)).toMatchObject({ heldMicros: dollars(10), chargedMicros: 0 });
  });

  it("moves a job's hold to its generations, charges what they cost and gives the rest back", async () => {
    const { workspaceId, owner } = await team();
    await hold(workspaceId, "job_a", dollars(1));
    const purse = { workspaceId, jobId: "job_a", generationId: "gen_a" };
    await db().transaction((tx) => holdForGeneration(tx, purse, dollars(0.6)));
    expect(await monthTotals(owner)).toMatchObject({ heldMicros: dollars(1) });
    await db().transaction((tx) => settleGeneration(tx, purse, dollars(0.25)));
    await db().transaction((tx) => settleGeneration(tx, purse, dollars(0.25)));
    expect(await monthTotals(owner)).toMatchObject({
      heldMicros: dollars(0.4),
      chargedMicros: dollars(0.25),
    });
    await db().transaction((tx) => releaseJob(tx, { workspaceId, jobId: "job_a" }, 1));
    await db().transaction((tx) => releaseJob(tx, { workspaceId, jobId: "job_a" }, 1));
    expect(await monthTotals(owner)).toMatchObject({ heldMicros: 0, chargedMicros: dollars(0.25) });
    const charges = await listLedger(owner, { kind: "charge" });
    expect(charges.lines.map((line) => line.amountMicros)).toEqual([dollars(0.25)]);
    expect(await findDifferences(db())).toEqual([]);
  });

  it("asks the caps only for what a generation needs beyond its job's hold", async () => {
    const { workspaceId } = await team({ jobCapMicros: dollars(1) });
    await hold(workspaceId, "job_b", dollars(0.8));
    const order = (generationId: string, micros: number) =>
      db().transaction((tx) => holdForGeneration(tx, { workspaceId, jobId: "job_b", generationId }, micros));
    expect(await order("gen_b1", dollars(0.9))).toBeNull();
    expect(await order("gen_b2", dollars(0.2))).toMatchObject({ neededMicros: dollars(0.2) });
    expect(await findDifferences(db())).toEqual([]);
  });

  it("refuses to change what was written", async () => {
    const { workspaceId } = await team();
    await hold(workspaceId, "job_c", dollars(1));
    await expect(base.sql`update ledger set amount_micros = 1`).rejects.toThrow(/append-only/);
    await expect(base.sql`delete from ledger`).rejects.toThrow(/append-only/);
  });

  it("finds running totals that are not what the ledger says", async () => {
    const { workspaceId } = await team();
    await hold(workspaceId, "job_d", dollars(1));
    await base.sql`update budget set held_micros = held_micros + 5 where workspace_id = ${workspaceId}`;
    expect(await findDifferences(db())).toMatchObject([{ workspaceId, micros: 5 }]);
  });

  it("keeps workspaces apart", async () => {
    const one = await team();
    const other = await team();
    await hold(one.workspaceId, "job_e", dollars(1));
    expect(await monthTotals(other.owner)).toMatchObject({ heldMicros: 0 });
    expect((await listLedger(other.owner)).lines).toEqual([]);
  });

  it("counts a generation in the month of its job's hold, so that midnight of the 31st gives no second cap", async () => {
    const { workspaceId, owner } = await team({ monthCapMicros: dollars(10) });
    await hold(workspaceId, "job_now", dollars(1));
    const { month: thisMonth } = await monthTotals(owner);
    // The job was reserved before midnight: its hold stands in the month before.
    await base.sql`insert into budget (workspace_id, month, held_micros, charged_micros)
      values (${workspaceId}, '2025-12', ${dollars(10)}, 0)`;
    await base.sql`insert into ledger (workspace_id, job_id, month, kind, amount_micros, key)
      values (${workspaceId}, 'job_old', '2025-12', 'hold', ${dollars(10)}, 'job_old:r1:hold')`;
    const purse = { workspaceId, jobId: "job_old", generationId: "gen_old" };
    expect(await db().transaction((tx) => holdForGeneration(tx, purse, dollars(6)))).toBeNull();
    expect(await monthTotals(owner)).toMatchObject({ heldMicros: dollars(1) });
    expect(await monthTotals(owner, "2025-12")).toMatchObject({ heldMicros: dollars(10) });
    // What it needs beyond its hold asks the same month's cap, which is used up.
    const more = { ...purse, generationId: "gen_more" };
    expect(await db().transaction((tx) => holdForGeneration(tx, more, dollars(5)))).toMatchObject({
      neededMicros: dollars(1),
    });
    await db().transaction((tx) => settleGeneration(tx, purse, dollars(7)));
    await db().transaction((tx) => releaseJob(tx, { workspaceId, jobId: "job_old" }, 1));
    expect(await monthTotals(owner, "2025-12")).toMatchObject({ heldMicros: 0, chargedMicros: dollars(7) });
    expect(await monthTotals(owner, thisMonth)).toMatchObject({ heldMicros: dollars(1), chargedMicros: 0 });
    expect(await hold(workspaceId, "job_next", dollars(9))).toBeNull();
    const differences = await findDifferences(db());
    expect(differences.filter((one) => one.workspaceId === workspaceId)).toEqual([]);
  });

  it("takes the month from the database, whatever the clock of this process says", async () => {
    const { workspaceId, owner } = await team();
    const [now] = await base.sql`select to_char(now() at time zone 'UTC', 'YYYY-MM') as month`;
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-01-31T23:59:59Z") });
    try {
      await hold(workspaceId, "job_clock", dollars(1));
      expect(await monthTotals(owner)).toMatchObject({ month: now?.month, heldMicros: dollars(1) });
    } finally {
      vi.useRealTimers();
    }
  });

  it("takes no amount below zero or beyond a million dollars, no unknown kind and no odd month", async () => {
    const { workspaceId } = await team();
    const enter = (month: string, kind: string, amount: number) => base.sql`
      insert into ledger (workspace_id, month, kind, amount_micros, key)
      values (${workspaceId}, ${month}, ${kind}, ${amount}, ${`odd:${month}:${kind}:${amount}`})`;
    await expect(enter("2026-11", "charge", -1)).rejects.toThrow(/ledger_amount/);
    await expect(enter("2026-11", "charge", 1e15)).rejects.toThrow(/ledger_amount/);
    await expect(enter("2026-11", "gift", 1)).rejects.toThrow(/ledger_kind/);
    await expect(enter("2026-13", "charge", 1)).rejects.toThrow(/ledger_month_format/);
  });
});
