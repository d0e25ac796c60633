/** Inngest's table of pauses between attempts, in seconds; after the tenth it stays at two hours. */
const TABLE_SECONDS = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200];
const JITTER_SECONDS = 30;

/**
 * How long to wait before the next attempt, in milliseconds: what the error asked for (seconds, or an ISO time,
 * clipped to 1 s–24 h), else Inngest's table with its jitter. `scale` shrinks the table in tests.
 */
export function backoffMs(failedAttempt: number, retryAfter: string | undefined, scale = 1): number {
  const asked = retryAfter === undefined ? undefined : askedMs(retryAfter);
  if (asked !== undefined) return Math.min(Math.max(asked, 1000), 86_400_000);
  const seconds = TABLE_SECONDS[Math.min(failedAttempt, TABLE_SECONDS.length - 1)] ?? 7200;
  return (seconds + Math.random() * JITTER_SECONDS) * 1000 * scale;
}

function askedMs(retryAfter: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? undefined : at - Date.now();
}
