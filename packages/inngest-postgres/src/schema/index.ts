import { createHash } from "node:crypto";
import type { Sql, TransactionSql } from "postgres";
import { LIMIT_PROCEDURES } from "./limits";
import { LOSS_PROCEDURES } from "./losses";
import { PROCEDURES } from "./procedures";
import { ALIVE_INDEX, ROSTER, TABLES } from "./tables";

/** Changes of the tables, in order; one that was released is never edited. */
const MIGRATIONS = [TABLES, ALIVE_INDEX, ROSTER];
const ALL_PROCEDURES = PROCEDURES + LIMIT_PROCEDURES + LOSS_PROCEDURES;
const HASH = createHash("sha256").update(ALL_PROCEDURES).digest("hex");
/** Any number that nothing else in this database uses as an advisory lock. */
export const INSTALL_LOCK = 7_204_001;

/** Brings the schema `engine` up to date. Safe to call from several processes at once. */
export async function installSchema(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${INSTALL_LOCK})`;
    await tx.unsafe(`
      create schema if not exists engine;
      create table if not exists engine.version (n int not null, procedures text);
      alter table engine.version add column if not exists procedures text`);
    const [row] = await tx<
      { n: number; procedures: string | null }[]
    >`select n, procedures from engine.version`;
    const installed = row?.n ?? 0;
    if (installed === MIGRATIONS.length && row?.procedures === HASH) return;
    for (const migration of MIGRATIONS.slice(installed)) await tx.unsafe(migration);
    await replaceProcedures(tx);
    await tx`delete from engine.version`;
    await tx`insert into engine.version values (${MIGRATIONS.length}, ${HASH})`;
  });
}

/** All of them at once, and none of an older version stays. */
async function replaceProcedures(tx: TransactionSql): Promise<void> {
  const old = await tx<{ signature: string }[]>`
    select oid::regprocedure::text as signature from pg_proc where pronamespace = 'engine'::regnamespace`;
  for (const { signature } of old) await tx.unsafe(`drop function ${signature}`);
  await tx.unsafe(ALL_PROCEDURES);
}
