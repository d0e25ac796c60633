import { AppError } from "@/lib/errors";

export type Role = "owner" | "editor" | "viewer";

/** Who asks, in which workspace. Every query and command of a room takes one and filters by it. */
export type Caller = {
  workspaceId: string;
  /** Null for the studio itself, acting for a job. */
  userId: string | null;
  role: Role;
};

const RANK: Record<Role, number> = { viewer: 0, editor: 1, owner: 2 };

export function requireRole(caller: Caller, role: Role): void {
  if (RANK[caller.role] < RANK[role]) {
    throw new AppError(
      "forbidden",
      `Only ${role === "owner" ? "owners" : "editors and owners"} may do this.`,
      {
        action: "Ask an owner of this workspace to change your role.",
      },
    );
  }
}

/** The studio working for a workspace's job. */
export function studioCaller(workspaceId: string, userId: string | null = null): Caller {
  return { workspaceId, userId, role: "editor" };
}
