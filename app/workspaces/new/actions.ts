"use server";
import { requireUser } from "@/lib/auth";
import { publicAction } from "@/lib/http/action";
import { createWorkspace } from "@/lib/workspaces";
import { WorkspaceForm } from "@/lib/workspaces/schema";

export const openWorkspace = publicAction(WorkspaceForm, async ({ input }) => {
  const user = await requireUser();
  const { slug } = await createWorkspace(user.id, input.name);
  return { slug };
});
