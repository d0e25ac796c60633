import { evaluateKey } from "./expression";
import type { EngineFunction } from "./functions";
import { toKey } from "./text";

/** The slots that one call of a function takes, sorted: locks are taken in one order everywhere. */
export function concurrencyKeys(fn: EngineFunction, event: unknown): { key: string; limit: number }[] {
  return fn.concurrency
    .map(({ key, limit, scope }) => {
      const value = evaluateKey(key, event);
      return {
        key: toKey(scope === "fn" ? `fn:${fn.id}:${key ?? ""}:${value}` : `${scope}:${value}`),
        limit,
      };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}
