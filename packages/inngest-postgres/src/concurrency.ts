import type { Sql } from "postgres";
import { evaluateKey } from "./expression";
import type { EngineFunction } from "./functions";
import type { Lease } from "./lease";
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

/**
 * Holds the slots of the function's concurrency limits for the time of one call; where there is none free the call is
 * set aside. `isNoted` tells the work that its step is known to be at work.
 */
export async function withSlots(
  sql: Sql,
  fn: EngineFunction | undefined,
  lease: Lease,
  step: string,
  work: (isNoted: boolean) => Promise<void>,
): Promise<void> {
  if (!fn || fn.concurrency.length === 0) return work(false);
  const slots = concurrencyKeys(fn, JSON.parse(lease.events)[0]);
  const [row] = await sql<{ taken: boolean }[]>`
    select engine.take_slots(${lease.id}, ${lease.generation}, ${step},
      ${slots.map((s) => s.key)}::text[], ${slots.map((s) => s.limit)}::int[]) as taken`;
  if (!row?.taken) return;
  try {
    await work(true);
  } finally {
    await sql`select engine.free_slots(${lease.id}, ${step})`;
  }
}
