import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { requireUser } from "@/lib/auth";
import { listWorkspaces } from "@/lib/workspaces";

/** Leads to the workspace this browser was in last. */
export default async function Home(): Promise<never> {
  const user = await requireUser();
  const workspaces = await listWorkspaces(user.id);
  const last = (await cookies()).get("kinora-workspace")?.value;
  const target = workspaces.find(({ slug }) => slug === last) ?? workspaces[0];
  redirect(target ? `/w/${target.slug}` : "/workspaces/new");
}
