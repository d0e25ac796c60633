import type { Caller, Role } from "@/lib/auth/caller";
import { type Db, schema } from "@/lib/db";
import { newId } from "@/lib/ids";

/** A user straight into the table, without the cost of a password hash. */
export async function addUser(db: Db, name: string): Promise<{ id: string; name: string; email: string }> {
  const user = {
    id: newId("user"),
    name,
    email: `${name.toLowerCase()}-${newId("att").slice(-6)}@example.com`,
  };
  await db.insert(schema.user).values(user);
  return user;
}

export async function addMember(
  db: Db,
  workspaceId: string,
  role: Role,
  name: string,
): Promise<Caller & { userId: string }> {
  const { id } = await addUser(db, name);
  await db.insert(schema.member).values({ workspaceId, userId: id, role });
  return { workspaceId, userId: id, role };
}

/** A workspace with one member of every role, as callers. */
export async function addTeam(db: Db, slug: string) {
  const workspaceId = newId("ws");
  await db.insert(schema.workspace).values({ id: workspaceId, slug, name: slug });
  const owner = await addMember(db, workspaceId, "owner", "Olive");
  const editor = await addMember(db, workspaceId, "editor", "Edgar");
  const viewer = await addMember(db, workspaceId, "viewer", "Vera");
  return { workspaceId, slug, owner, editor, viewer };
}

export type Team = Awaited<ReturnType<typeof addTeam>>;
