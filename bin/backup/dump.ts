import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Sql, TransactionSql } from "postgres";
import { AppError } from "@/lib/errors";
import { checksumLine } from "./checksums";
import { type Manifest, PARTS } from "./manifest";

export type Dump = Pick<Manifest, "takenAt" | "postgres" | "migrations" | "tables" | "sequences"> & {
  checksums: string;
  /** Every kept answer and every asset of the snapshot, with the files that belong to it. Some may have gone since. */
  owners: { id: string; keys: string[]; mayBeGone: boolean }[];
};

/**
 * Writes every table of the schema `public` as COPY text, all as they stood at one moment, while others go on writing.
 * Text and not the data folder, because that only works on the same major version, system and processor.
 * The engine's own schema is left out: it only knows which runs are under way, and the reconciler starts a run anew
 * for every job that has none, from the rows that are here.
 */
export function dumpDatabase(sql: Sql, folder: string): Promise<Dump> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    // The first query of the transaction fixes the snapshot.
    const [now] = await tx<{ at: string; version: string }[]>`
      select to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
             split_part(current_setting('server_version'), ' ', 1) as version`;
    if (!now) throw new AppError("internal", "The database did not tell its time.");
    const migrations = await tx<
      { hash: string }[]
    >`select hash from drizzle.__drizzle_migrations order by id`;
    const tables: Manifest["tables"] = [];
    let checksums = "";
    for (const { name, columns } of await listTables(tx)) {
      const { rows, sha256 } = await dumpTable(tx, name, columns, join(folder, `${name}.copy`));
      tables.push({ name, columns, rows });
      checksums += checksumLine(`${PARTS.database}/${name}.copy`, sha256);
    }
    return {
      takenAt: now.at,
      postgres: now.version,
      migrations: migrations.map(({ hash }) => hash),
      tables,
      sequences: await readSequences(tx),
      checksums,
      owners: [...(await listAnswers(tx)), ...(await listAssets(tx))],
    };
  });
}

/** Generated columns are left to the database that takes the rows. */
function listTables(tx: TransactionSql): Promise<{ name: string; columns: string[] }[]> {
  return tx<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    group by c.relname order by c.relname`;
}

async function dumpTable(tx: TransactionSql, name: string, columns: string[], path: string) {
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let rows = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      hash.update(chunk);
      // A line is a row: within one, COPY writes line breaks as \n.
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows++;
      next(null, chunk);
    },
  });
  const source = await tx`copy ${tx(name)} (${tx(columns)}) to stdout`.readable();
  await pipeline(source, watch, file.createWriteStream({ flush: true }));
  return { rows, sha256: hash.digest("hex") };
}

/** The next value of each; sequences know no snapshot, so this may be a little beyond the rows, which is harmless. */
async function readSequences(tx: TransactionSql): Promise<Manifest["sequences"]> {
  const found = await tx<{ name: string }[]>`
    select sequencename as name from pg_sequences where schemaname = 'public'`;
  const next: Manifest["sequences"] = {};
  for (const { name } of found) {
    const [row] = await tx<{ next: string }[]>`
      select (last_value + case when is_called then 1 else 0 end)::text as next from ${tx(name)}`;
    if (row) next[name] = row.next;
  }
  return next;
}

function listAssets(tx: TransactionSql): Promise<Dump["owners"]> {
  return tx<Dump["owners"]>`
    select id, array_remove(array[storage_key, thumb_key, preview_key], null) as keys,
           deleted_at is not null as "mayBeGone"
    from asset`;
}

/** Bytes that were paid for and are not in the library: not yet, or never. First, as they may be collected meanwhile. */
function listAnswers(tx: TransactionSql): Promise<Dump["owners"]> {
  return tx<Dump["owners"]>`
    select generation.id, array_agg(file ->> 'key') as keys, bool_or(settled_at is null) as "mayBeGone"
    from generation cross join jsonb_array_elements(answer -> 'files') as file
    where file ->> 'from' = 'stored' group by generation.id`;
}
