import { sql as query } from "drizzle-orm";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import * as schema from "@/drizzle/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { openPostgres } from "./client";

export type Db = PostgresJsDatabase<typeof schema>;
/** A transaction, or the database itself: what every command accepts. */
export type Tx = Db | Parameters<Parameters<Db["transaction"]>[0]>[0];
export { ACCESS_CHANNEL, announceAccess } from "./access";
export { openPostgres } from "./client";
export { LOCKS } from "./locks";
export { schema };

type Connection = { sql: postgres.Sql; db: Db };

// One pool of each kind per process, kept across the dev server's module reloads.
const shared = globalThis as typeof globalThis & { kinoraDb?: Connection; kinoraSql?: postgres.Sql };

const OPTIONS = { idle_timeout: 60 };

export function connect(url: string, options: { max?: number } = {}): Connection {
  const sql = openPostgres(url, { ...OPTIONS, max: options.max ?? 10 });
  return { sql, db: drizzle(sql, { schema, casing: "snake_case" }) };
}

function databaseUrl(): string {
  const url = env().DATABASE_URL;
  if (url) return url;
  throw new AppError("not_configured", "No database is configured.", {
    action: "Run npm start, which brings its own, or set DATABASE_URL.",
  });
}

export function db(): Db {
  shared.kinoraDb ??= connect(databaseUrl());
  return shared.kinoraDb.db;
}

/**
 * A plain postgres.js client, for LISTEN and for the embedded engine. It has a pool of its own: Drizzle takes the
 * conversion of dates out of the client that it is given.
 */
export function sqlClient(): postgres.Sql {
  shared.kinoraSql ??= openPostgres(databaseUrl(), { ...OPTIONS, max: 8 });
  return shared.kinoraSql;
}

/** The time by the clock that all processes share: where something is spent, sent again or deleted, it decides. */
export async function databaseNow(): Promise<Date> {
  const [row] = await db().execute<{ at: Date | string }>(query`select now() as at`);
  return new Date(row?.at ?? Number.NaN);
}

export async function closeDb(): Promise<void> {
  const { kinoraDb, kinoraSql } = shared;
  shared.kinoraDb = undefined;
  shared.kinoraSql = undefined;
  await Promise.all([kinoraDb?.sql.end({ timeout: 5 }), kinoraSql?.end({ timeout: 5 })]);
}
