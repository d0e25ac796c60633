import type postgres from "postgres";
import { openPostgres } from "@/lib/db";
import { migrate } from "@/lib/db/migrate";
import { isTransactionPooled } from "@/lib/db/pooler";
import { type RunningPostgres, startPostgres } from "@/lib/embedded/postgres";
import { readDatabaseUrl, sslModeOf } from "@/lib/env";
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
    await refusePooler(configured);
    return { url: configured, summary: `Postgres ${version} at ${placeOf(configured)}` };
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

/** What Kinora keeps on a connection would be lost there, now and then, in ways that look like anything else. */
async function refusePooler(url: string): Promise<void> {
  const pooled = await isTransactionPooled(url).catch((error) => {
    throw explainDatabase(url, error);
  });
  if (!pooled) return;
  throw new AppError("not_configured", `A pooler in transaction mode stands before ${placeOf(url)}.`, {
    action:
      "Kinora listens, and holds locks, on connections of its own. Take the database's direct address or a pooler in " +
      "session mode: at Supabase port 5432 in place of 6543, at Neon the host without -pooler, in PgBouncer " +
      "pool_mode = session.",
  });
}

/** Hosts and ports, or the socket's folder; never user and password. */
function placeOf(url: string): string {
  const { hosts, ports, socketFolder } = readDatabaseUrl(url);
  const places = hosts.map((host, at) => `${host.includes(":") ? `[${host}]` : host}:${ports[at] ?? 5432}`);
  return socketFolder ?? (places.join(", ") || "localhost");
}

export async function ask<T>(url: string, question: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = openPostgres(url, { max: 1, connect_timeout: 10 });
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
    "Correct them in DATABASE_URL. In user and password, %40 stands for @, %3A for :, %2F for /, %23 for #, %25 for %.",
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
  "42704": [
    "It does not know a setting behind the ? in DATABASE_URL",
    "Take out what belongs to another program; sslmode and application_name are usual.",
  ],
  "08P01": [
    "It, or a pooler before it, does not take a setting behind the ? in DATABASE_URL",
    "Take it out, or use the database's direct address.",
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    "Its certificate is its own",
    "Name that certificate with sslrootcert=/path/ca.crt in DATABASE_URL, or encrypt without checking: sslmode=require.",
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    "Nobody known has signed its certificate",
    "Name who has with sslrootcert=/path/ca.crt in DATABASE_URL, or encrypt without checking: sslmode=require.",
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    "Nobody known has signed its certificate",
    "Name who has with sslrootcert=/path/ca.crt in DATABASE_URL, or encrypt without checking: sslmode=require.",
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "Its certificate is for another host",
    "Use the host that the certificate names, or sslmode=verify-ca in DATABASE_URL.",
  ],
  ENOENT: ["There is no socket in that folder", "Start the database, or correct the folder in DATABASE_URL."],
  "53300": ["It has no connection left", "Raise max_connections, or close other programs that use it."],
  "53100": ["Its disk is full", "Free some space there and start again."],
};

/** A driver's error as what is wrong with the database, without its password. */
function explainDatabase(url: string, cause: unknown): AppError {
  const code = String((cause as { code?: string }).code ?? deepCode(cause));
  const where = placeOf(url);
  const known = REASONS[code] ?? (isTlsRefused(url, code) ? NO_TLS : undefined);
  if (!known) return new AppError("internal", `The database at ${where} failed.`, { cause });
  const [message, action] = known;
  return new AppError("not_configured", `The database at ${where} cannot be used. ${message}.`, {
    action,
    cause,
  });
}

const NO_TLS: [message: string, action: string] = [
  "It does not take encrypted connections",
  "Set sslmode=prefer or disable in DATABASE_URL, if the way there is safe without; else switch TLS on there.",
];

/** Postgres without TLS says so with one letter and hangs up, which the driver does not tell. */
function isTlsRefused(url: string, code: string): boolean {
  const mode = sslModeOf(readDatabaseUrl(url).parameters);
  return (
    mode !== undefined && !["off", "prefer"].includes(mode) && /RESET|EPROTO|SSL|CLOSED|undefined/.test(code)
  );
}

function deepCode(cause: unknown): string | undefined {
  return ((cause as Error).cause as { code?: string } | undefined)?.code;
}
