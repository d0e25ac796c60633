import { AsyncLocalStorage } from "node:async_hooks";
import { format } from "node:util";
import pino from "pino";
import { env } from "./env";
import { scrub } from "./scrub";

const SECRET_KEYS = [
  "password",
  "secret",
  "token",
  "apiKey",
  "authorization",
  "cookie",
  "signature",
  "databaseUrl",
  "url.password",
];

/** What Drizzle, the driver and Postgres keep of a failed query: prompts, names, hashes of passwords. */
const QUERY_VALUES = new Set([
  "params",
  "parameters",
  "args",
  "query",
  "detail",
  "where",
  "internal_query",
  "hint",
]);

/** An error and its causes without the values of queries, however deep. */
export function describeError(thrown: unknown): unknown {
  return withoutValues(thrown instanceof Error ? pino.stdSerializers.errWithCause(thrown) : thrown, 0);
}

function withoutValues(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => withoutValues(one, depth + 1));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (depth > 8) return "[…]";
  const kept = Object.entries(value).filter(([name]) => !QUERY_VALUES.has(name));
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutValues(one, depth + 1)]));
}

export type LogIds = Partial<
  Record<
    "request" | "workspace" | "job" | "pipeline" | "step" | "generation" | "provider" | "capability",
    string
  >
> & {
  run?: number;
  attempt?: number;
};

const current = new AsyncLocalStorage<LogIds>();

/** Every line that is logged during this work carries these ids, beside those that were set around it. */
export function withLogIds<T>(ids: LogIds, work: () => T): T {
  return current.run({ ...current.getStore(), ...ids }, work);
}

/** The ids of the work that is under way. */
export function logIds(): LogIds {
  return current.getStore() ?? {};
}

/** JSON lines on stderr. Log ids and codes; never prompts' owners' secrets, keys or signed URLs. */
export const log = pino(
  {
    base: { app: "kinora" },
    level: env().LOG_LEVEL,
    mixin: () => ({ ...logIds() }),
    redact: {
      paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`]),
      censor: "[secret]",
    },
    hooks: { streamWrite: (line) => scrub(line) },
    serializers: { err: describeError },
  },
  pino.destination(2),
);

/**
 * What frameworks print by themselves goes the same way: an error's text and causes, without what hangs on it. Node
 * would print every property, such as the values of a failed query.
 */
export function quietConsole(): void {
  const print = (...things: unknown[]) => {
    const said = things.map((thing) =>
      thing instanceof Error ? JSON.stringify(describeError(thing)) : thing,
    );
    process.stderr.write(`${scrub(format(...said))}\n`);
  };
  Object.assign(globalThis.console, { error: print, warn: print });
}
