import { createReadStream } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Sql, TransactionSql } from "postgres";
import { AppError } from "@/lib/errors";
import { type Manifest, PARTS } from "./manifest";

export type Loaded = { rows: number; jobs: number; doubtful: number };

/** Fills the freshly migrated database, all or nothing. */
export function loadDatabase(sql: Sql, folder: string, manifest: Manifest): Promise<Loaded> {
  return sql.begin(async (tx) => {
    // Rows come in any order, and triggers have seen them before: neither is checked or told again.
    await tx`set local session_replication_role = replica`;
    for (const { name, columns, rows } of manifest.tables) {
      const sink = await tx`copy ${tx(name)} (${tx(columns)}) from stdin`.writable();
      await pipeline(createReadStream(join(folder, PARTS.database, `${name}.copy`)), sink);
      const [found] = await tx<{ rows: number }[]>`select count(*)::int as rows from ${tx(name)}`;
      if (found?.rows !== rows) {
        throw new AppError(
          "bad_input",
          `The backup is damaged: ${name} has ${found?.rows} rows, not ${rows}.`,
        );
      }
    }
    for (const [name, next] of Object.entries(manifest.sequences)) {
      await tx`select setval(${name}::regclass, ${next}::bigint, false)`;
    }
    const woken = await wakeJobs(tx);
    const doubtful = await doubtUnsent(tx, manifest.takenAt);
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    return { rows, jobs: woken, doubtful };
  });
}

/** Their runs are not in the backup: without a recent sign of life the reconciler starts them at its first look. */
async function wakeJobs(tx: TransactionSql): Promise<number> {
  const woken = await tx`
    update job set touched_at = touched_at - interval '1 hour' where state in ('queued', 'running') returning id`;
  return woken.length;
}

/**
 * The studio went on after the snapshot: what was about to be sent then may have been sent. As an order on its way,
 * it is looked for at its provider first, and adopted, or a person is asked; it is not simply sent again.
 */
async function doubtUnsent(tx: TransactionSql, takenAt: string): Promise<number> {
  const doubted = await tx`
    update generation set state = 'posting', posted_at = ${takenAt}, look_at = ${takenAt}
    where state = 'intended' and provider <> 'draft' returning id`;
  return doubted.length;
}
