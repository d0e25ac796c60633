import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import postgres from "postgres";
import { inject } from "vitest";
import { closeDb, connect, type Db } from "@/lib/db";
import { env } from "@/lib/env";
import { TEMPLATE, withDatabase } from "./global-setup";
import { temporaryHome } from "./temporary-home";

export type TestDatabase = {
  url: string;
  sql: postgres.Sql;
  db: Db;
  /** A KINORA_HOME of this database's own, removed with it. */
  home: string;
  drop(): Promise<void>;
};

/**
 * A fresh, migrated database, cloned from the run's template. From here on `db()`, `env()` and child processes
 * of this test file use it: call it in `beforeAll`, and `drop()` in `afterAll`.
 */
export async function createDatabase(): Promise<TestDatabase> {
  const server = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await cloneTemplate(server, name);
  const url = withDatabase(server, name);
  const home = await temporaryHome("home");
  await closeDb();
  use({ DATABASE_URL: url, KINORA_HOME: home });
  // drizzle changes what its client does with dates and JSON: the plain one is another.
  const { sql: drizzled, db } = connect(url, { max: 5 });
  const sql = postgres(url, { max: 5, onnotice: () => undefined });
  return {
    url,
    sql,
    db,
    home,
    drop: async () => {
      await Promise.all([sql.end({ timeout: 5 }), drizzled.end({ timeout: 5 }), closeDb()]);
      await administer(server, (admin) => admin.unsafe(`drop database ${name} with (force)`));
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** env() may have been read already, by the log for one: change what it gave out, too. */
function use(values: { DATABASE_URL: string; KINORA_HOME: string }): void {
  Object.assign(process.env, values);
  Object.assign(env(), values);
}

/** Postgres refuses while another test file is cloning the same template: take turns. */
async function cloneTemplate(server: string, name: string): Promise<void> {
  await administer(server, async (admin) => {
    await admin`select pg_advisory_lock(1)`;
    await admin.unsafe(`create database ${name} template ${TEMPLATE}`);
  });
}

async function administer(server: string, work: (admin: postgres.Sql) => Promise<unknown>): Promise<void> {
  const admin = postgres(server, { max: 1, onnotice: () => undefined });
  try {
    await work(admin);
  } finally {
    await admin.end({ timeout: 5 });
  }
}
