import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { type Caller, type Role, requireRole } from "@/lib/auth/caller";
import { announceAccess, db, schema, type Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { MemberView } from "./schema";

const { invitation, member, session, user } = schema;
const RANK: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };

/** Everybody in the caller's workspace, by name. */
export async function listMembers(caller: Caller): Promise<MemberView[]> {
  const rows = await db()
    .select({ id: user.id, name: user.name, email: user.email, role: member.role, since: member.createdAt })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.workspaceId, caller.workspaceId))
    .orderBy(asc(user.name), asc(user.id));
  return rows.map(({ since, ...row }) => ({ ...row, joinedAt: since.toISOString() }));
}

export async function changeRole(caller: Caller, userId: string, role: Role): Promise<void> {
  requireRole(caller, "owner");
  await db().transaction(async (tx) => {
    const before = await requireAnotherOwner(tx, caller, userId, role);
    if (RANK[role] < RANK[before]) await endInvitations(tx, caller);
    await announceAccess(tx, userId);
    await tx.update(member).set({ role }).where(isMember(caller, userId));
  });
}

/**
 * Takes a person out. Every open invitation of the workspace ends with it: links are anybody's who has seen them,
 * and a person put out may have seen them all.
 */
export async function removeMember(caller: Caller, userId: string): Promise<void> {
  requireRole(caller, "owner");
  await deleteMember(caller, userId);
}

/** Takes the caller out of their workspace. */
export async function leaveWorkspace(caller: Caller): Promise<void> {
  if (!caller.userId) throw notFound("member");
  await deleteMember(caller, caller.userId);
}

async function deleteMember(caller: Caller, userId: string): Promise<void> {
  await db().transaction(async (tx) => {
    await requireAnotherOwner(tx, caller, userId, null);
    // First: whoever is about to accept one holds its row, and then finds that they are a member still.
    await endInvitations(tx, caller);
    await tx.delete(member).where(isMember(caller, userId));
    await endSessionsOfTheHomeless(tx, userId);
    await announceAccess(tx, userId);
  });
}

async function endInvitations(tx: Tx, caller: Caller): Promise<void> {
  await tx
    .update(invitation)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitation.workspaceId, caller.workspaceId), isNull(invitation.revokedAt)));
}

/** People who belong to no workspace any more are signed out; others keep working in theirs. */
async function endSessionsOfTheHomeless(tx: Tx, userId: string): Promise<void> {
  const [left] = await tx.select({ id: member.workspaceId }).from(member).where(eq(member.userId, userId));
  if (left) return;
  await tx
    .update(session)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(session.userId, userId), isNull(session.revokedAt)));
}

/**
 * Refuses what would leave a workspace without an owner, and tells the role as it was. All its owners are locked, in
 * one order, so that two who demote each other at the same moment take turns.
 */
async function requireAnotherOwner(tx: Tx, caller: Caller, userId: string, next: Role | null): Promise<Role> {
  const owners = await tx
    .select({ userId: member.userId })
    .from(member)
    .where(and(eq(member.workspaceId, caller.workspaceId), eq(member.role, "owner")))
    .orderBy(asc(member.userId))
    .for("update");
  const [target] = await tx.select({ role: member.role }).from(member).where(isMember(caller, userId));
  if (!target) throw notFound("member");
  if (target.role === "owner" && next !== "owner" && owners.length < 2) {
    throw new AppError("conflict", "A workspace needs an owner.", {
      action: "Make somebody else an owner first.",
    });
  }
  return target.role;
}

const isMember = (caller: Caller, userId: string) =>
  and(eq(member.workspaceId, caller.workspaceId), eq(member.userId, userId));
