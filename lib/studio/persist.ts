import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";

const WAIT_SECONDS = [0.1, 0.3, 1, 2, 5, 10, 20, 30];
/** Whatever has no code is hardly the database: a few tries, then whoever retries the step goes on. */
const TRIES_WITHOUT_CODE = 5;
/** What the statement itself is at fault for: bad data, a broken constraint, wrong SQL. */
const HOPELESS = /^(22|23|42)/;

/**
 * Writes what must not be lost, and keeps trying while the database is away. For so many seconds; then it throws
 * what stood in the way last, or at once where the same statement can never succeed.
 */
export async function persist<T>(what: string, forSeconds: number, write: () => Promise<T>): Promise<T> {
  let waited = 0;
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (thrown) {
      const code = sqlCodeOf(thrown);
      const isVain = code === undefined ? tries >= TRIES_WITHOUT_CODE : HOPELESS.test(code);
      const seconds = WAIT_SECONDS[Math.min(tries, WAIT_SECONDS.length) - 1] ?? 30;
      if (isVain || waited + seconds > forSeconds) throw thrown;
      log.warn({ err: thrown, tries }, `${what} could not be written yet`);
      waited += seconds;
      await sleep(seconds * 1000);
    }
  }
}

/** The code of the innermost error that has one: a SQLSTATE, or the client's own. */
export function sqlCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code } = thrown as { code?: unknown };
  return sqlCodeOf(thrown.cause) ?? (typeof code === "string" ? code : undefined);
}
