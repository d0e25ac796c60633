import { and, desc, eq, gt, isNull, ne } from "drizzle-orm";
import { announceAccess, db, schema, type Tx } from "@/lib/db";
import { notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import { describeDevice } from "./device";
import type { SessionView } from "./schema";
import { SESSION_SECONDS } from "./token";

const { session } = schema;

/** Signs a browser in; the row's id goes into its cookie. */
export async function openSession(
  userId: string,
  userAgent: string | null,
  now = new Date(),
): Promise<string> {
  const id = newId("ses");
  await db()
    .insert(session)
    .values({
      id,
      userId,
      userAgent: userAgent?.slice(0, 400) ?? null,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + SESSION_SECONDS * 1000),
    });
  return id;
}

/** The browsers a person is signed in with, most recently used first. */
export async function listSessions(
  userId: string,
  currentId: string,
  now = new Date(),
): Promise<SessionView[]> {
  const rows = await db()
    .select()
    .from(session)
    .where(and(eq(session.userId, userId), isNull(session.revokedAt), gt(session.expiresAt, now)))
    .orderBy(desc(session.lastSeenAt), desc(session.id));
  return rows.map((row) => ({
    id: row.id,
    device: describeDevice(row.userAgent),
    current: row.id === currentId,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
}

/** Ends one of a person's own sessions, at once. */
export async function revokeSession(userId: string, sessionId: string): Promise<void> {
  const ended = await db()
    .update(session)
    .set({ revokedAt: new Date() })
    .where(and(eq(session.id, sessionId), eq(session.userId, userId), isNull(session.revokedAt)))
    .returning({ id: session.id });
  if (ended.length === 0) throw notFound("session");
  await announceAccess(db(), userId);
}

/** Signs a person out everywhere, or everywhere but in one browser. Returns how many sessions that ended. */
export async function revokeSessions(userId: string, exceptId?: string, tx: Tx = db()): Promise<number> {
  const ended = await tx
    .update(session)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(session.userId, userId),
        isNull(session.revokedAt),
        exceptId === undefined ? undefined : ne(session.id, exceptId),
      ),
    )
    .returning({ id: session.id });
  await announceAccess(tx, userId);
  return ended.length;
}
