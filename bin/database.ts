import postgres from "postgres";
import { migrate } from "@/lib/db/migrate";
import { type RunningPostgres, startPostgres } from "@/lib/embedded/postgres";
import { AppError } from "@/lib/errors";

export type Database = {
  url: string;
  /** Undefined when DATABASE_URL points to a Postgres of yours. */
  embedded?: RunningPostgres;
  summary: string;
};

/** The configured database, or Kinora's own, started or adopted. */
export async function openDatabase(home: string, configured: string | undefined): Promise<Database> {
  if (configured) {
    const version = await serverVersion(configured);
    return { url: configured, summary: `Postgres ${version} at ${new URL(configured).host}` };
  }
  const embedded = await startPostgres({ home });
  const version = await serverVersion(embedded.url);
  const summary = `Postgres ${version}, ${embedded.adopted ? "adopted: it was already running" : "started"}`;
  return { url: embedded.url, embedded, summary };
}

export async function migrateDatabase(url: string): Promise<void> {
  await migrate(url).catch((cause) => {
    const explained = explainDatabase(url, cause);
    if (explained.code !== "internal") throw explained;
    throw new AppError("internal", "The database could not be brought to this version's schema.", {
      action:
        "It may have been made by a newer Kinora. Nothing was changed: start that one, or restore a backup.",
      cause: (cause as Error).cause ?? cause,
    });
  });
}

/** As people say it ("18.4"); throws what is wrong when the server cannot be used. */
async function serverVersion(url: string): Promise<string> {
  return ask(url, async (sql) => {
    const [row] = await sql<{ version: string; number: number }[]>`
      select split_part(current_setting('server_version'), ' ', 1) as version,
             current_setting('server_version_num')::int as number`;
    if (row && row.number >= 140_000) return row.version;
    throw new AppError("not_configured", `The database runs Postgres ${row?.version}, which is too old.`, {
      action: "Use Postgres 14 or newer.",
    });
  });
}

export async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, connect_timeout: 10, onnotice: () => undefined });
  try {
    return await question(sql);
  } catch (error) {
    throw error instanceof AppError ? error : explainDatabase(url, error);
  } finally {
    await sql.end({ timeout: 2 });
  }
}

const REASONS: Record<string, [message: string, action: string]> = {
  ECONNREFUSED: [
    "Nothing answers there",
    "Start the database, or correct the host and port in DATABASE_URL.",
  ],
  ENOTFOUND: ["Its host name is unknown", "Correct the host in DATABASE_URL."],
  EAI_AGAIN: ["Its host name cannot be resolved", "Check the network, and the host in DATABASE_URL."],
  CONNECT_TIMEOUT: ["It does not answer", "Check firewalls, and the host and port in DATABASE_URL."],
  "28P01": [
    "It refuses the user or password",
    "Correct them in DATABASE_URL; special characters are %-encoded.",
  ],
  "28000": ["It refuses this user", "Correct the user in DATABASE_URL, or allow it in pg_hba.conf."],
  "3D000": [
    "That database does not exist there",
    "Create it, or correct the name at the end of DATABASE_URL.",
  ],
  "42501": [
    "This user may not create tables in it",
    "Grant the user CREATE on the database and its public schema.",
  ],
  "53300": ["It has no connection left", "Raise max_connections, or close other programs that use it."],
  "53100": ["Its disk is full", "Free some space there and start again."],
};

/** A driver's error as what is wrong with the database, without its password. */
function explainDatabase(url: string, cause: unknown): AppError {
  const code = String((cause as { code?: string }).code ?? deepCode(cause));
  const where = URL.canParse(url) ? new URL(url).host : "DATABASE_URL";
  const known = REASONS[code];
  if (!known) return new AppError("internal", `The database at ${where} failed.`, { cause });
  const [message, action] = known;
  return new AppError("not_configured", `The database at ${where} cannot be used. ${message}.`, {
    action,
    cause,
  });
}

function deepCode(cause: unknown): string | undefined {
  return ((cause as Error).cause as { code?: string } | undefined)?.code;
}
