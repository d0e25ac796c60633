/** Parts of a DATABASE_URL, as postgres.js takes them. Undefined: the driver's own default (PGHOST and so on). */
export type DatabaseAddress = {
  hosts: string[];
  ports: number[];
  /** A folder with a Unix socket, in place of hosts. */
  socketFolder?: string;
  user?: string;
  password?: string;
  database?: string;
  /** Everything behind the question mark, names in lower case. */
  parameters: Record<string, string>;
};

/** Thrown with what is wrong and how to mend it, never with any part of the value. */
export class DatabaseUrlError extends Error {
  override readonly name = "DatabaseUrlError";
}

const HOST = String.raw`(?:\[[0-9a-fA-F:.%]+\]|[\w.~%-]*)(?::\d+)?`;
const AFTER_USER = String.raw`(${HOST}(?:,${HOST})*)(?:/([^/?#@]*))?(?:\?((?:[\w.-]+=[^&#]*(?:&|$))*))?$`;
/** As the standard says: what is special within user and password is %-encoded. */
const STANDARD = new RegExp(`^(?:([^/?#]*)@)?${AFTER_USER}`);
/** As people paste it: whatever stands between the first colon and the last @ that makes sense is the password. */
const PASTED = new RegExp(`^([\\s\\S]*)@${AFTER_USER}`);

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=require` leniently: the password may hold `@ : / # ?` and
 * `%`; hosts may be several, IPv6, or the folder of a socket. Throws DatabaseUrlError.
 */
export function readDatabaseUrl(text: string): DatabaseAddress {
  const scheme = /^postgres(?:ql)?:\/\//i.exec(text)?.[0];
  if (!scheme) throw new DatabaseUrlError(`must begin with postgres:// or postgresql://${hintFor(text)}.`);
  const rest = text.slice(scheme.length);
  const standard = STANDARD.exec(rest);
  const found = standard && !isDoubtful(standard) ? standard : (PASTED.exec(rest) ?? standard);
  if (!found) {
    throw new DatabaseUrlError(
      "cannot be read. It looks like postgres://user:password@host:5432/kinora; in user and password, write %40 for @, " +
        "%3A for :, %2F for /, %23 for #, %3F for ? and %25 for %.",
    );
  }
  const [, login, hosts = "", path, query] = found;
  const address = assemble(login, hosts, path, readQuery(query ?? ""));
  checkParameters(address.parameters);
  return address;
}

const SSL_MODES = {
  ...{ disable: "off", false: "off", "0": "off", allow: "prefer", prefer: "prefer" },
  ...{ require: "encrypt", "no-verify": "encrypt", true: "encrypt", "1": "encrypt" },
  ...{ "verify-ca": "verify-ca", "verify-full": "verify-full" },
} as const;

/** How the connection is to be encrypted; undefined where nothing is said of it. */
export function sslModeOf({ sslmode, ssl, sslaccept, sslrootcert }: Record<string, string>) {
  if (sslaccept === "strict") return "verify-full";
  const asked = (sslmode ?? ssl ?? (sslrootcert && "verify-full"))?.toLowerCase();
  if (asked === undefined) return undefined;
  if (Object.hasOwn(SSL_MODES, asked)) return SSL_MODES[asked as keyof typeof SSL_MODES];
  throw new DatabaseUrlError(
    "asks for an sslmode that does not exist. There are disable, prefer, require, no-verify, verify-ca and verify-full.",
  );
}

function checkParameters(parameters: Record<string, string>): void {
  sslModeOf(parameters);
  const { schema, search_path = "", options = "" } = parameters;
  const elsewhere = [schema, search_path, /search_path\s*=\s*([^\s]+)/.exec(options)?.[1]].some(
    (place) => place && !/^"?public"?(,|$)/.test(place.trim()),
  );
  if (!elsewhere) return;
  throw new DatabaseUrlError(
    "names a schema. Kinora keeps its tables in public: leave that out, and give Kinora a database of its own.",
  );
}

/** Without a login before the host, an @ behind it more likely belongs to a password that was not encoded. */
function isDoubtful([whole, login, , , query]: RegExpExecArray): boolean {
  return login === undefined && whole.includes("@") && !/(^|&)(user|application_name)=/.test(query ?? "");
}

function hintFor(text: string): string {
  if (/^(jdbc:|postgres(ql)?\+\w+:)/i.test(text)) return " (without jdbc: or the name of a driver)";
  if (/\b(host|dbname|user)\s*=/i.test(text)) return " (a list such as host=… dbname=… is not read)";
  return "";
}

function assemble(
  login: string | undefined,
  hostList: string,
  path: string | undefined,
  given: Record<string, string>,
): DatabaseAddress {
  const { host: hostParameter, port: portParameter, user, password, dbname, ...parameters } = given;
  const colon = login?.indexOf(":") ?? -1;
  const named = hostList !== "" ? hostList : (hostParameter ?? "");
  const places = (named === "" ? [] : named.split(",")).map(readPlace);
  const socketFolder = places.find(({ host }) => host.startsWith("/"))?.host;
  const later = Number(portParameter?.split(",")[0] ?? 5432);
  return {
    hosts: socketFolder ? [] : places.map(({ host }) => host),
    ports: places.map(({ port }) => port ?? later),
    socketFolder,
    user: orNothing(decode(colon < 0 ? (login ?? "") : (login ?? "").slice(0, colon))) ?? user,
    password: colon < 0 ? password : decode((login ?? "").slice(colon + 1)),
    database: orNothing(decode(path ?? "")) ?? dbname,
    parameters,
  };
}

function readPlace(text: string): { host: string; port?: number } {
  const [, host = text, port] =
    /^(.*?)(?::(\d+))?$/.exec(text.startsWith("[") || !/:.*:/.test(text) ? text : `[${text}]`) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    throw new DatabaseUrlError("names a port that does not exist: ports go from 1 to 65535.");
  return { host: decode(host).replace(/^\[|\]$/g, ""), port: port === undefined ? undefined : Number(port) };
}

function readQuery(query: string): Record<string, string> {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at).toLowerCase(), decode(pair.slice(at + 1).replaceAll("+", "%20"))];
    }),
  );
}

/** %-encoding where it is some; what only looks like it (`100%sure`) is meant as it is written. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function orNothing(text: string): string | undefined {
  return text === "" ? undefined : text;
}
