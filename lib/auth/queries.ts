import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { db, schema } from "@/lib/db";
import type { Caller } from "./caller";
import type { User } from "./schema";

const { user, session, account, member, workspace } = schema;
const person = { id: user.id, name: user.name, email: user.email };

/** How stale `lastSeenAt` may be before it is written again. */
const SEEN_EVERY_MS = 5 * 60_000;

/** A caller with what pages show of them. */
export type KnownCaller = Caller & {
  userId: string;
  user: User;
  workspace: { id: string; slug: string; name: string };
};

/** False until the first owner account has been made. */
export async function hasUsers(): Promise<boolean> {
  return (await db().select({ id: user.id }).from(user).limit(1)).length > 0;
}

/** The person behind a session; null when it has been revoked, has expired or never was. */
export async function findSessionUser(sessionId: string, now = new Date()): Promise<User | null> {
  const [found] = await db()
    .select({ ...person, lastSeenAt: session.lastSeenAt })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .where(and(eq(session.id, sessionId), isNull(session.revokedAt), gt(session.expiresAt, now)));
  if (!found) return null;
  const { lastSeenAt, ...who } = found;
  const stale = new Date(now.getTime() - SEEN_EVERY_MS);
  if (lastSeenAt < stale) {
    await db()
      .update(session)
      .set({ lastSeenAt: now })
      .where(and(eq(session.id, sessionId), lt(session.lastSeenAt, stale)));
  }
  return who;
}

/** A person in a workspace; null when it is not theirs, which looks the same as not there. */
export async function findCaller(who: User, slug: string): Promise<KnownCaller | null> {
  const [found] = await db()
    .select({ role: member.role, id: workspace.id, slug: workspace.slug, name: workspace.name })
    .from(member)
    .innerJoin(workspace, eq(workspace.id, member.workspaceId))
    .where(and(eq(member.userId, who.id), eq(workspace.slug, slug)));
  if (!found) return null;
  const { role, ...place } = found;
  return { workspaceId: place.id, userId: who.id, role, user: who, workspace: place };
}

/** Whether this session's person is a member of the workspace now. One look, for every file that is served. */
export async function isMember(sessionId: string, workspaceId: string): Promise<boolean> {
  const found = await db()
    .select({ id: session.id })
    .from(session)
    .innerJoin(member, and(eq(member.userId, session.userId), eq(member.workspaceId, workspaceId)))
    .where(and(eq(session.id, sessionId), isNull(session.revokedAt), gt(session.expiresAt, sql`now()`)));
  return found.length > 0;
}

/** How a person can sign in. */
export async function findSignInWays(userId: string): Promise<{ password: boolean; providers: string[] }> {
  const [row] = await db().select({ hash: user.passwordHash }).from(user).where(eq(user.id, userId));
  const linked = await db()
    .select({ provider: account.provider })
    .from(account)
    .where(eq(account.userId, userId));
  return { password: Boolean(row?.hash), providers: linked.map(({ provider }) => provider) };
}
