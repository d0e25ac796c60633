import { eq, isNull, sql } from "drizzle-orm";
import { db, LOCKS, schema, type Tx } from "@/lib/db";
import { newId } from "@/lib/ids";
import type { WorkspaceView } from "./schema";
import { slugCandidates } from "./slug";
import { foundWorkspace } from "./workspaces";

const { workspace, member } = schema;

/**
 * A workspace without members for a studio that has none yet, so that its sample project is finished when the first
 * visitor comes. Null when there is a workspace already.
 */
export async function openFirstWorkspace(): Promise<{ id: string } | null> {
  return db().transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${LOCKS.firstWorkspace})`);
    const [any] = await tx.select({ id: workspace.id }).from(workspace).limit(1);
    if (any) return null;
    const [opened] = await tx
      .insert(workspace)
      .values({ id: newId("ws"), slug: "first", name: "First workspace" })
      .returning({ id: workspace.id });
    return opened ?? null;
  });
}

/** Gives the first owner the workspace that waits for them, under the name they chose; else makes one. */
export async function claimFirstWorkspace(tx: Tx, userId: string, name: string): Promise<WorkspaceView> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOCKS.firstWorkspace})`);
  const [waiting] = await tx
    .select({ id: workspace.id })
    .from(workspace)
    .leftJoin(member, eq(member.workspaceId, workspace.id))
    .where(isNull(member.userId))
    .limit(1);
  const [slug] = slugCandidates(name);
  if (!waiting || !slug) return foundWorkspace(tx, userId, name);
  await tx.update(workspace).set({ slug, name }).where(eq(workspace.id, waiting.id));
  await tx.insert(member).values({ workspaceId: waiting.id, userId, role: "owner" });
  return { id: waiting.id, slug, name, role: "owner" };
}
