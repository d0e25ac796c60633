import { join } from "node:path";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { openPostgres } from "./client";
import { LOCKS } from "./locks";

/** Applies the pending migrations; processes that start together take turns. */
export async function migrate(
  url: string,
  folder = join(process.cwd(), "drizzle/migrations"),
): Promise<void> {
  const sql = openPostgres(url, { max: 1 });
  try {
    await sql`select pg_advisory_lock(${LOCKS.migration})`;
    await applyMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
