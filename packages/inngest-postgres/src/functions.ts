import { Cron } from "croner";
import { parseDuration } from "./duration";
import { compile, type Expression } from "./expression";
import { type ConcurrencyOption, type FunctionConfig, INTERNAL, LIMITS } from "./protocol";

/** A registered function, its durations and expressions checked and parsed. */
export type EngineFunction = {
  id: string;
  maxAttempts: number;
  events: { name: string; when?: Expression }[];
  crons: string[];
  cancel: { event: string; expression?: string; timeoutMs?: number }[];
  concurrency: { key?: string; limit: number; scope: "fn" | "env" | "account" }[];
  throttle?: { key?: string; limit: number; burst: number; periodMs: number };
};

/** What was wrong with a function's configuration, in words for the person who wrote it. */
export class RegistrationError extends Error {
  override readonly name = "RegistrationError";
}

const KNOWN = new Set([
  "id",
  "name",
  "description",
  "triggers",
  "steps",
  "cancel",
  "throttle",
  "concurrency",
]);
const KNOWN_WITHIN = {
  trigger: new Set(["event", "expression", "cron"]),
  cancelOn: new Set(["event", "if", "timeout"]),
  throttle: new Set(["key", "limit", "period", "burst"]),
  concurrency: new Set(["key", "limit", "scope"]),
} as const;
/** Events of Inngest's own that this engine sends, and that a function may be started by. */
const SENT = new Set<string>([INTERNAL.failed, INTERNAL.finished, INTERNAL.canceled]);

/** Checks a configuration. Throws RegistrationError, which names what this engine does not do. */
export function parseFunction(config: FunctionConfig): EngineFunction {
  const refuse = (what: string) => new RegistrationError(`Function "${config.id}": ${what}`);
  const refuseUnknown = (given: object, known: ReadonlySet<string>, where = "") => {
    for (const [name, value] of Object.entries(given)) {
      if (known.has(name) || value === undefined) continue;
      throw refuse(`the embedded engine does not do "${where}${name}".`);
    }
  };
  const eventName = (name: string, where: string): string => {
    if (name.includes("*")) throw refuse(`the embedded engine does not do wildcards (${where} "${name}").`);
    if (name.startsWith("inngest/") && !SENT.has(name)) {
      throw refuse(`the embedded engine does not send the event "${name}" (${where}).`);
    }
    return name;
  };
  const duration = (text: string | undefined, where: string): number | undefined => {
    if (text === undefined) return undefined;
    const ms = parseDuration(text);
    if (ms === undefined) throw refuse(`${where} is "${text}", which is no duration such as "30s" or "1h".`);
    return ms;
  };
  const expression = (source: string | undefined, where: string): string | undefined => {
    if (source === undefined) return undefined;
    try {
      compile(source);
    } catch (error) {
      throw refuse(`${where}: ${(error as Error).message}`);
    }
    return source;
  };

  refuseUnknown(config, KNOWN);
  if (config.id.length > LIMITS.nameLength) throw refuse("its id is too long.");
  for (const trigger of config.triggers) refuseUnknown(trigger, KNOWN_WITHIN.trigger, "trigger.");
  for (const cancel of config.cancel ?? []) refuseUnknown(cancel, KNOWN_WITHIN.cancelOn, "cancelOn.");
  const { throttle } = config;
  if (throttle) refuseUnknown(throttle, KNOWN_WITHIN.throttle, "throttle.");
  return {
    id: config.id,
    maxAttempts: (Object.values(config.steps)[0]?.retries?.attempts ?? LIMITS.defaultAttempts - 1) + 1,
    events: config.triggers.flatMap((trigger) => {
      if (!("event" in trigger)) return [];
      const when = expression(trigger.expression, "trigger.if");
      const name = eventName(trigger.event, "trigger");
      return [{ name, when: when === undefined ? undefined : compile(when) }];
    }),
    crons: config.triggers.flatMap((trigger) => {
      if (!("cron" in trigger)) return [];
      nextTick(trigger.cron, refuse);
      return [trigger.cron];
    }),
    cancel: (config.cancel ?? []).map((cancel) => ({
      event: eventName(cancel.event, "cancelOn"),
      expression: expression(cancel.if, "cancelOn.if"),
      timeoutMs: duration(cancel.timeout, "cancelOn.timeout"),
    })),
    concurrency: toList(config.concurrency).map((option) => {
      refuseUnknown(option, KNOWN_WITHIN.concurrency, "concurrency.");
      return {
        key: expression(option.key, "concurrency.key"),
        limit: option.limit,
        scope: option.scope ?? "fn",
      };
    }),
    throttle: throttle && {
      key: expression(throttle.key, "throttle.key"),
      limit: throttle.limit,
      periodMs: duration(throttle.period, "throttle.period") ?? 1000,
      burst: (throttle.burst ?? 1) - 1,
    },
  };
}

function toList(concurrency: FunctionConfig["concurrency"]): ConcurrencyOption[] {
  if (concurrency === undefined) return [];
  const list = typeof concurrency === "number" ? [{ limit: concurrency }] : [concurrency].flat();
  return list.filter((option) => option.limit > 0);
}

/** The next time a cron expression names; Inngest writes its zone as a prefix: "TZ=Europe/Paris 0 12 * * *". */
export function nextTick(cron: string, refuse = (what: string) => new RegistrationError(what)): Date {
  const [, timezone, pattern] = /^(?:TZ=(\S+)\s+)?(.+)$/.exec(cron.trim()) ?? [];
  try {
    const next = new Cron(pattern ?? "", { timezone: timezone ?? "UTC" }).nextRun();
    if (next) return next;
  } catch (error) {
    throw refuse(`"${cron}" is no cron expression: ${(error as Error).message}`);
  }
  throw refuse(`the cron expression "${cron}" names no time to come.`);
}
