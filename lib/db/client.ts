import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PeerCertificate } from "node:tls";
import postgres from "postgres";
import { type DatabaseAddress, DatabaseUrlError, readDatabaseUrl, sslModeOf } from "@/lib/env";

type Options = postgres.Options<Record<string, postgres.PostgresType>>;

/** The driver for a DATABASE_URL: the only place that makes one, for the driver's own reading of URLs is narrow. */
export function openPostgres(url: string, options: Options = {}): postgres.Sql {
  return postgres({ onnotice: () => undefined, ...toOptions(readDatabaseUrl(url)), ...options });
}

/** An address as the driver takes it. Throws DatabaseUrlError where a certificate cannot be read. */
export function toOptions(address: DatabaseAddress): Options {
  const { hosts, ports, socketFolder, user, password, database, parameters } = address;
  const { pgbouncer, statement_cache_size, connect_timeout, target_session_attrs, sslnegotiation } =
    parameters;
  const settings = Object.entries(parameters).filter(
    ([name]) => !DROPPED.has(name) && !name.startsWith("ssl"),
  );
  const place = socketFolder
    ? { path: join(socketFolder, `.s.PGSQL.${ports[0] ?? 5432}`) }
    : { ...(hosts.length > 0 && { host: hosts, port: ports }), ...sslOption(parameters) };
  return {
    ...place,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(database !== undefined && { database }),
    ...(connect_timeout !== undefined && { connect_timeout: Number(connect_timeout) || 30 }),
    ...((pgbouncer === "true" || statement_cache_size === "0") && { prepare: false }),
    ...(target_session_attrs !== undefined && { target_session_attrs }),
    ...(sslnegotiation === "direct" && { sslnegotiation }),
    connection: Object.fromEntries(settings),
    // Its types know neither several hosts nor what it reads of these.
  } as Options;
}

/** What other programs' URLs carry for themselves. The server would refuse them as settings it does not know. */
const DROPPED = new Set([
  ...["pgbouncer", "statement_cache_size", "connection_limit", "pool_timeout", "socket_timeout", "pool_mode"],
  ...["connect_timeout", "target_session_attrs", "schema", "search_path", "channel_binding", "gssencmode"],
  ...["krbsrvname", "requiressl", "passfile", "keepalives", "keepalives_idle", "keepalives_interval"],
  ...[
    "keepalives_count",
    "load_balance_hosts",
    "uselibpqcompat",
    "binary_parameters",
    "supa",
    "require_auth",
  ],
  ...[
    "client_encoding",
    "fallback_application_name",
    "prepare_threshold",
    "tcp_user_timeout",
    "min_protocol_version",
  ],
]);

function sslOption(parameters: Record<string, string>): Options {
  const mode = sslModeOf(parameters);
  if (mode === undefined) return {};
  if (mode === "off") return { ssl: false };
  if (mode === "prefer") return { ssl: "prefer" };
  const { sslrootcert, sslcert, sslkey } = parameters;
  const files = {
    ...(sslrootcert && sslrootcert !== "system" && { ca: readCertificate(sslrootcert) }),
    ...(sslcert && { cert: readCertificate(sslcert) }),
    ...(sslkey && { key: readCertificate(sslkey) }),
  };
  return { ssl: { ...files, rejectUnauthorized: mode !== "encrypt", ...(mode === "verify-ca" && ANY_NAME) } };
}

const ANY_NAME = { checkServerIdentity: (_host: string, _certificate: PeerCertificate) => undefined };

function readCertificate(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new DatabaseUrlError("names a certificate or key that cannot be read: correct its path.", {
      cause,
    });
  }
}
