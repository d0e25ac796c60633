import { Cron } from "croner";
import { parseDuration } from "./duration";
import { compile, type Expression } from "./expression";
import { type ConcurrencyOption, type FunctionConfig, LIMITS } from "./protocol";

/** A registered function, its durations and expressions checked and parsed. */
export type EngineFunction = {
  id: string;
  maxAttempts: number;
  events: { name: string; when?: Expression }[];
  crons: string[];
  cancel: { event: string; expression?: string; timeoutMs?: number }[];
  concurrency: { key?: string; limit: number; scope: "fn" | "env" | "account" }[];
  throttle?: { key?: string; limit: number; burst: number; periodMs: number };
  rateLimit?: { key?: string; limit: number; burst: number; periodMs: number };
  debounce?: { key?: string; periodMs: number; timeoutMs?: number };
  singleton?: { key?: string; mode: "skip" | "cancel" };
  idempotency?: string;
  priority?: string;
  startMs?: number;
  finishMs?: number;
};

/** What was wrong with a function's configuration, in words for the person who wrote it. */
export class RegistrationError extends Error {
  override readonly name = "RegistrationError";
}

const KNOWN = new Set(
  [
    "id name description triggers steps idempotency batchEvents rateLimit throttle singleton cancel debounce timeouts",
    "priority concurrency",
  ].flatMap((names) => names.split(" ")),
);

/** Checks a configuration and refuses by name what this engine does not do. */
export function parseFunction(config: FunctionConfig): EngineFunction {
  const refuse = (what: string) => new RegistrationError(`Function "${config.id}": ${what}`);
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
  const rate = (option: { key?: string; limit: number; period: string } | undefined, where: string) =>
    option && {
      key: expression(option.key, `${where}.key`),
      limit: option.limit,
      periodMs: duration(option.period, `${where}.period`) ?? 1000,
    };

  if (config.batchEvents) throw refuse("the embedded engine does not batch events (batchEvents).");
  for (const [name, value] of Object.entries(config)) {
    if (!KNOWN.has(name) && value !== undefined) throw refuse(`the embedded engine does not know "${name}".`);
  }
  const throttle = rate(config.throttle, "throttle");
  const rateLimit = rate(config.rateLimit, "rateLimit");
  return {
    id: config.id,
    maxAttempts: (Object.values(config.steps)[0]?.retries?.attempts ?? LIMITS.defaultAttempts - 1) + 1,
    events: config.triggers.flatMap((trigger) => {
      if (!("event" in trigger)) return [];
      const when = expression(trigger.expression, "trigger.if");
      return [{ name: trigger.event, when: when === undefined ? undefined : compile(when) }];
    }),
    crons: config.triggers.flatMap((trigger) => {
      if (!("cron" in trigger)) return [];
      if (trigger.jitter) throw refuse("the embedded engine does not do jitter on cron triggers.");
      nextTick(trigger.cron, refuse);
      return [trigger.cron];
    }),
    cancel: (config.cancel ?? []).map((cancel) => ({
      event: cancel.event,
      expression: expression(cancel.if, "cancelOn.if"),
      timeoutMs: duration(cancel.timeout, "cancelOn.timeout"),
    })),
    concurrency: toList(config.concurrency).map((option) => ({
      key: expression(option.key, "concurrency.key"),
      limit: option.limit,
      scope: option.scope ?? "fn",
    })),
    throttle: throttle && { ...throttle, burst: (config.throttle?.burst ?? 1) - 1 },
    rateLimit: rateLimit && { ...rateLimit, burst: Math.floor(rateLimit.limit / 10) },
    debounce: config.debounce && {
      key: expression(config.debounce.key, "debounce.key"),
      periodMs: duration(config.debounce.period, "debounce.period") ?? 1000,
      timeoutMs: duration(config.debounce.timeout, "debounce.timeout"),
    },
    singleton: config.singleton && {
      key: expression(config.singleton.key, "singleton.key"),
      mode: config.singleton.mode,
    },
    idempotency: expression(config.idempotency, "idempotency"),
    priority: expression(config.priority?.run, "priority.run"),
    startMs: duration(config.timeouts?.start, "timeouts.start"),
    finishMs: duration(config.timeouts?.finish, "timeouts.finish"),
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
