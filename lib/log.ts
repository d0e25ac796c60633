import { AsyncLocalStorage } from "node:async_hooks";
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

/** What Drizzle keeps of a failed query: prompts, names, hashes of passwords. */
const QUERY_VALUES = ["err.params", "err.cause.params", "err.cause.cause.params"];

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
      paths: [...SECRET_KEYS.flatMap((key) => [key, `*.${key}`]), ...QUERY_VALUES],
      censor: "[secret]",
    },
    hooks: { streamWrite: (line) => scrub(line) },
    serializers: { err: pino.stdSerializers.errWithCause },
  },
  pino.destination(2),
);
