import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema, type Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { newId, newToken, sha256 } from "@/lib/ids";
import type { InvitationCard, InvitationView } from "./schema";

const { invitation, member, user, workspace } = schema;
const VALID_DAYS = 7;

const isOpen = (now: Date) => and(isNull(invitation.revokedAt), gt(invitation.expiresAt, now));

/** Makes a link that lets people join for seven days. The token is returned once and kept as a hash only. */
export async function createInvitation(
  caller: Caller,
  role: "editor" | "viewer",
  now = new Date(),
): Promise<{ id: string; token: string }> {
  requireRole(caller, "owner");
  const { userId } = caller;
  if (!userId) throw new AppError("forbidden", "Invitations come from a person.");
  const token = newToken();
  const id = newId("inv");
  await db().transaction(async (tx) => {
    // Locked, so that an owner who is put out at this moment leaves no link behind.
    const [owner] = await tx
      .select({ role: member.role })
      .from(member)
      .where(and(eq(member.workspaceId, caller.workspaceId), eq(member.userId, userId)))
      .for("update");
    if (owner?.role !== "owner") throw new AppError("forbidden", "Only owners may invite people.");
    await tx.insert(invitation).values({
      id,
      workspaceId: caller.workspaceId,
      role,
      tokenHash: sha256(token),
      createdBy: userId,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_DAYS * 24 * 3_600_000),
    });
  });
  return { id, token };
}

/** The links of the caller's workspace that still work, newest first. */
export async function listInvitations(caller: Caller, now = new Date()): Promise<InvitationView[]> {
  requireRole(caller, "owner");
  const rows = await db()
    .select({
      id: invitation.id,
      role: invitation.role,
      invitedBy: user.name,
      uses: invitation.uses,
      createdAt: invitation.createdAt,
      expiresAt: invitation.expiresAt,
    })
    .from(invitation)
    .innerJoin(user, eq(user.id, invitation.createdBy))
    .where(and(eq(invitation.workspaceId, caller.workspaceId), isOpen(now)))
    .orderBy(desc(invitation.createdAt), desc(invitation.id));
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

export async function revokeInvitation(caller: Caller, invitationId: string): Promise<void> {
  requireRole(caller, "owner");
  const revoked = await db()
    .update(invitation)
    .set({ revokedAt: new Date() })
    .where(
      and(
        eq(invitation.id, invitationId),
        eq(invitation.workspaceId, caller.workspaceId),
        isNull(invitation.revokedAt),
      ),
    )
    .returning({ id: invitation.id });
  if (revoked.length === 0) throw notFound("invitation");
}

/** What a link leads to; null when it has expired, was revoked or never was. Holding the token is the right to look. */
export async function findInvitation(token: string, now = new Date()): Promise<InvitationCard | null> {
  const [found] = await db()
    .select({ role: invitation.role, invitedBy: user.name, name: workspace.name, slug: workspace.slug })
    .from(invitation)
    .innerJoin(workspace, eq(workspace.id, invitation.workspaceId))
    .innerJoin(user, eq(user.id, invitation.createdBy))
    .where(and(eq(invitation.tokenHash, sha256(token)), isOpen(now)));
  if (!found) return null;
  const { role, invitedBy, ...place } = found;
  return { workspace: place, role, invitedBy };
}

/** Joins by a link. Who is a member already stays what they are. Returns the workspace's address. */
export async function acceptInvitation(
  token: string,
  userId: string,
  tx: Tx = db(),
  now = new Date(),
): Promise<{ slug: string }> {
  return tx.transaction(async (inner) => {
    const [open] = await inner
      .select({
        id: invitation.id,
        workspaceId: invitation.workspaceId,
        role: invitation.role,
        slug: workspace.slug,
      })
      .from(invitation)
      .innerJoin(workspace, eq(workspace.id, invitation.workspaceId))
      .where(and(eq(invitation.tokenHash, sha256(token)), isOpen(now)))
      .for("update", { of: invitation });
    if (!open) throw expired();
    const joined = await inner
      .insert(member)
      .values({ workspaceId: open.workspaceId, userId, role: open.role })
      .onConflictDoNothing()
      .returning({ userId: member.userId });
    if (joined.length > 0) {
      await inner
        .update(invitation)
        .set({ uses: sql`${invitation.uses} + 1` })
        .where(eq(invitation.id, open.id));
    }
    return { slug: open.slug };
  });
}

function expired(): AppError {
  return new AppError("not_found", "This invitation has expired or was withdrawn.", {
    action: "Ask the person who invited you for a new link.",
  });
}
