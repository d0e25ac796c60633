import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
});
