import { and, asc, eq } from "drizzle-orm";
import { type Caller, requireRole } from "@/lib/auth/caller";
import { db, schema, type Tx } from "@/lib/db";
import { AppError, notFound } from "@/lib/errors";
import { newId } from "@/lib/ids";
import type { WorkspaceView } from "./schema";
import { slugCandidates } from "./slug";

const { workspace, member } = schema;

/** The workspaces of a person, by name. */
export async function listWorkspaces(userId: string): Promise<WorkspaceView[]> {
  return db()
    .select({ id: workspace.id, slug: workspace.slug, name: workspace.name, role: member.role })
    .from(member)
    .innerJoin(workspace, eq(workspace.id, member.workspaceId))
    .where(eq(member.userId, userId))
    .orderBy(asc(workspace.name), asc(workspace.id));
}

/** Only owners open further workspaces: each one may spend with this server's provider keys. */
export async function mayCreateWorkspace(userId: string): Promise<boolean> {
  const owned = await db()
    .select({ id: member.workspaceId })
    .from(member)
    .where(and(eq(member.userId, userId), eq(member.role, "owner")))
    .limit(1);
  return owned.length > 0;
}

export async function createWorkspace(userId: string, name: string): Promise<WorkspaceView> {
  if (!(await mayCreateWorkspace(userId))) {
    throw new AppError("forbidden", "Only owners may open another workspace.", {
      action: "Ask the owner of this studio to open one and to invite you.",
    });
  }
  return db().transaction((tx) => foundWorkspace(tx, userId, name));
}

/** Makes a workspace with its first owner, inside the transaction that has decided that they may. */
export async function foundWorkspace(tx: Tx, userId: string, name: string): Promise<WorkspaceView> {
  for (const slug of slugCandidates(name)) {
    const [created] = await tx
      .insert(workspace)
      .values({ id: newId("ws"), slug, name })
      .onConflictDoNothing({ target: workspace.slug })
      .returning({ id: workspace.id, slug: workspace.slug, name: workspace.name });
    if (!created) continue;
    await tx.insert(member).values({ workspaceId: created.id, userId, role: "owner" });
    return { ...created, role: "owner" };
  }
  throw new AppError("conflict", "Every address made from this name is taken.", {
    fields: { name: "Choose another name." },
  });
}

/** The name changes; the address stays, so that links keep working. */
export async function renameWorkspace(caller: Caller, name: string): Promise<void> {
  requireRole(caller, "owner");
  const renamed = await db()
    .update(workspace)
    .set({ name })
    .where(eq(workspace.id, caller.workspaceId))
    .returning({ id: workspace.id });
  if (renamed.length === 0) throw notFound("workspace");
}
