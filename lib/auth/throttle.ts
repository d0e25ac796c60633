import { and, eq, gt, inArray, lt, sql } from "drizzle-orm";
import { db, schema } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { newId, sha256 } from "@/lib/ids";
import { networkOf } from "./network";

const { signInAttempt } = schema;
const WINDOW = sql`interval '15 minutes'`;
const KEPT = sql`interval '24 hours'`;

/** What is counted, and how many failures it may have in fifteen minutes. */
export type Subject = { key: string; limit: number };

const subject = (kind: string, what: string, limit: number): Subject => ({ key: `${kind}:${what}`, limit });

/** However many e-mails are tried from it. */
export const byAddress = (address: string) => subject("address", networkOf(address), 40);
/**
 * A browser that nobody has signed in to this account with yet. One address uses up what is its own long before what
 * all strangers have together, so that it takes several to keep the account's owner out of a new browser.
 */
export const byStranger = (email: string, address: string): Subject[] => [
  subject("email", sha256(email), 24),
  subject("guess", sha256(`${email} ${networkOf(address)}`), 8),
  byAddress(address),
];
/** A known browser is counted by itself, whatever strangers do; the account's together, should somebody collect them. */
export const byDevice = (userId: string, deviceId: string): Subject[] => [
  subject("device", deviceId, 8),
  subject("devices", userId, 24),
];
/** Whoever holds one of the account's sessions guesses its password. */
export const bySession = (userId: string, sessionId: string): Subject[] => [
  subject("password", sessionId, 8),
  subject("passwords", userId, 24),
];
export const byReset = (address: string): Subject[] => [subject("reset", networkOf(address), 40)];
export const bySetup = (address: string): Subject[] => [
  subject("setup", networkOf(address), 10),
  subject("setup", "all", 1000),
];

/** A guess that was counted, to be taken back when it was right. */
export type Attempt = { ids: string[] };

/**
 * Counts one guess against every subject before it is checked, so that guesses made at the same moment are
 * counted too. Throws `throttled` when a subject has none left.
 */
export async function countAttempt(subjects: Subject[]): Promise<Attempt> {
  const ordered = [...subjects].sort((a, b) => (a.key < b.key ? -1 : 1));
  const rows = ordered.map(({ key }) => ({ id: newId("att"), subject: key }));
  await db().transaction(async (tx) => {
    for (const { key, limit } of ordered) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
      const [recent] = await tx
        .select({
          attempts: sql<number>`count(*)::int`,
          waitSeconds: sql<number>`extract(epoch from min(${signInAttempt.createdAt}) + ${WINDOW} - now())::float8`,
        })
        .from(signInAttempt)
        .where(and(eq(signInAttempt.subject, key), gt(signInAttempt.createdAt, sql`now() - ${WINDOW}`)));
      if (recent && recent.attempts >= limit) throw tooMany(recent.waitSeconds);
    }
    await tx.insert(signInAttempt).values(rows);
  });
  return { ids: rows.map(({ id }) => id) };
}

/** After the right answer: this guess was none, all others stay counted. Rows of yesterday go. */
export async function takeBack({ ids }: Attempt): Promise<void> {
  await db().delete(signInAttempt).where(inArray(signInAttempt.id, ids));
  await db()
    .delete(signInAttempt)
    .where(lt(signInAttempt.createdAt, sql`now() - ${KEPT}`));
}

/** Whoever holds an account's link begins anew, however many strangers have guessed at it. */
export async function forgetStrangers(email: string, address: string): Promise<void> {
  const keys = byStranger(email, address).flatMap(({ key }) => (key.startsWith("address:") ? [] : [key]));
  await db().delete(signInAttempt).where(inArray(signInAttempt.subject, keys));
}

function tooMany(waitSeconds: number): AppError {
  const minutes = Math.max(1, Math.ceil(waitSeconds / 60));
  return new AppError("throttled", "Too many attempts.", {
    action: `Wait ${minutes} minute${minutes === 1 ? "" : "s"}, then try again.`,
    retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds)),
  });
}
