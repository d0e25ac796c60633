import { and, count, eq, gt, inArray, lt, min, sql } from "drizzle-orm";
import { db, schema } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId, sha256 } from "@/lib/ids";

const WINDOW_MS = 15 * 60_000;
const { signInAttempt } = schema;

/** What is counted, and how many failures it may have in fifteen minutes. */
export type Subject = { key: string; limit: number };

export const byEmail = (email: string): Subject => ({ key: `email:${sha256(email)}`, limit: 8 });
export const byAddress = (address: string): Subject => ({ key: `address:${address}`, limit: 40 });
export const bySetup: Subject = { key: "setup", limit: 10 };

/**
 * Counts one guess against every subject before it is checked, so that guesses made at the same moment are
 * counted too. Throws `throttled` when a subject has none left.
 */
export async function countAttempt(subjects: Subject[], now = new Date()): Promise<void> {
  const ordered = [...subjects].sort((a, b) => (a.key < b.key ? -1 : 1));
  const since = new Date(now.getTime() - WINDOW_MS);
  await db().transaction(async (tx) => {
    for (const { key, limit } of ordered) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
      const [recent] = await tx
        .select({ attempts: count(), first: min(signInAttempt.createdAt) })
        .from(signInAttempt)
        .where(and(eq(signInAttempt.subject, key), gt(signInAttempt.createdAt, since)));
      if (recent && recent.attempts >= limit)
        throw tooMany((recent.first ?? now).getTime() + WINDOW_MS - now.getTime());
    }
    await tx
      .insert(signInAttempt)
      .values(ordered.map(({ key }) => ({ id: newId("att"), subject: key, createdAt: now })));
  });
}

/** After the right answer: these subjects begin again at zero, and yesterday's rows go. */
export async function forgetAttempts(subjects: Subject[], now = new Date()): Promise<void> {
  const keys = subjects.map(({ key }) => key);
  await db().delete(signInAttempt).where(inArray(signInAttempt.subject, keys));
  await db()
    .delete(signInAttempt)
    .where(lt(signInAttempt.createdAt, new Date(now.getTime() - 24 * 3_600_000)));
}

function tooMany(waitMs: number): AppError {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
  return new AppError("throttled", "Too many attempts.", {
    action: `Wait ${minutes} minute${minutes === 1 ? "" : "s"}, then try again.`,
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  });
}
