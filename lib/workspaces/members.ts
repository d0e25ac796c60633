import { and, asc, eq } from "drizzle-orm";
import { type Caller, type Role, requireRole } from "@/lib/auth/caller";
import { db, schema, type Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import type { MemberView } from "./schema";

const { member, user } = schema;

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
    await requireAnotherOwner(tx, caller, userId, role);
    await tx.update(member).set({ role }).where(isMember(caller, userId));
  });
}

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
    await tx.delete(member).where(isMember(caller, userId));
  });
}

/**
 * Refuses what would leave a workspace without an owner. All its owners are locked, in one order, so that two
 * who demote each other at the same moment take turns.
 */
async function requireAnotherOwner(tx: Tx, caller: Caller, userId: string, next: Role | null): Promise<void> {
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
}

const isMember = (caller: Caller, userId: string) =>
  and(eq(member.workspaceId, caller.workspaceId), eq(member.userId, userId));
