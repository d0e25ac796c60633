import { env, readDatabaseUrl, SECRET_NAMES } from "./env";

/** Shorter values would be found in innocent words; none of ours are. */
const SHORTEST = 8;

let known = "";
let pattern: RegExp | undefined;

/**
 * A failed query repeats its values: prompts, names, hashes of passwords. They end where the stack begins. Every pattern
 * here takes all that it has read, or a text that begins again and again would be read anew from each beginning.
 */
const QUERY_VALUES = /\nparams: [\s\S]*?(?=\n {4}at |$)/g;
const QUERY_VALUES_IN_JSON = /\\nparams: (?:\\.|[^"\\])*?(?=\\n {4}at |"|\\?$)/g;
/** So does what Postgres says of a value that it could not take. */
const REPEATED = String.raw`(invalid input (?:syntax|value) for [^:\n"\\]{1,80}: |malformed [a-z]{1,20} literal: |value out of range: |Failing row contains |\bKey \()`;
const SAID_VALUES = new RegExp(String.raw`${REPEATED}[\s\S]*?(?=\n {4}at |$)`, "g");
const SAID_VALUES_IN_JSON = new RegExp(String.raw`${REPEATED}(?:\\.|[^"\\])*?(?=\\n {4}at |"|\\?$)`, "g");
/** Links are signed in their query, and their tokens stand there. */
const ADDRESS = /\bhttps?:\/\/[^\s"'<>\\]+/g;

/**
 * Takes out of a text what nobody else may see, wherever it stands: this installation's own secrets (a provider's
 * answer may repeat the key it was sent), the values of failed queries, and the queries of addresses.
 */
export function scrub(text: string): string {
  const secrets = listSecrets();
  const now = secrets.join("\n");
  if (now !== known) {
    known = now;
    pattern = secrets.length > 0 ? new RegExp(secrets.map(escapeForRegExp).join("|"), "g") : undefined;
  }
  const clean = text
    .replace(QUERY_VALUES, "\nparams: […]")
    .replace(QUERY_VALUES_IN_JSON, "\\nparams: […]")
    .replace(text.startsWith("{") ? SAID_VALUES_IN_JSON : SAID_VALUES, "$1[…]")
    .replace(ADDRESS, (address) => address.replace(/\?.*/, "?[…]"));
  return pattern ? clean.replace(pattern, "[secret]") : clean;
}

/** The values, and as they stand in JSON and in a URL; longer ones first, for one may be the beginning of another. */
function listSecrets(): string[] {
  const config = env();
  const values = [
    ...SECRET_NAMES.map((name) => config[name]?.toString()),
    ...valuesOf(config.OTEL_EXPORTER_OTLP_HEADERS),
    ...passwordsOf(config.DATABASE_URL),
  ];
  const forms = values.flatMap((value) =>
    value === undefined || value.length < SHORTEST
      ? []
      : [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)],
  );
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** `authorization=Bearer%20abc,x-team=…`: each by itself, as it is written and as it is meant. */
function valuesOf(headers = ""): string[] {
  const values = headers.split(",").map((header) => header.slice(header.indexOf("=") + 1).trim());
  return values.flatMap((value) => [value, decode(value), decode(value).replace(/^(Bearer|Basic) /i, "")]);
}

/** As it is meant, and as it is written. */
function passwordsOf(databaseUrl: string | undefined): (string | undefined)[] {
  if (!databaseUrl) return [];
  const { password } = readDatabaseUrl(databaseUrl);
  return [password, /^\w+:\/\/[^:@/]*:([\s\S]*)@/.exec(databaseUrl)?.[1]];
}

function decode(text: string): string {
  return /%(?![0-9a-f]{2})/i.test(text) ? text : decodeURIComponent(text);
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
