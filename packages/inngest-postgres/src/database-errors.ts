/**
 * SQLSTATE classes of what was to be stored being at fault: cardinality, data, integrity, program limits.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const REFUSED = new Set(["21", "22", "23", "54"]);
/** Postgres ended this transaction so that another could go on (deadlock_detected, serialization_failure). */
const DISTURBED = new Set(["40P01", "40001"]);

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? "");

/** Whether the same statement may succeed later. False when what was to be stored is itself at fault. */
export function isPassing(error: unknown): boolean {
  const code = codeOf(error);
  if (/^[0-9A-Z]{5}$/.test(code)) return !REFUSED.has(code.slice(0, 2));
  // Of the driver and of Node: CONNECTION_CLOSED, ECONNRESET and the like.
  return /^(CONNECT|E(?!RR_))/.test(code);
}

/** Does a transaction again that Postgres sacrificed: it had no effect. */
export async function insist<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === 5 || !DISTURBED.has(codeOf(error))) throw error;
    }
  }
}
