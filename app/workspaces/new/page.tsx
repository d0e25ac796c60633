import Link from "next/link";
import { AccountFrame } from "@/components/account/account-frame";
import { WorkspaceForm } from "@/components/account/workspace-form";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { requireUser } from "@/lib/auth";
import { listWorkspaces, mayCreateWorkspace } from "@/lib/workspaces";
import { signOut } from "../../account/actions";
import { openWorkspace } from "./actions";

export const metadata = { title: "New workspace" };

export default async function NewWorkspacePage() {
  const user = await requireUser();
  const mayCreate = await mayCreateWorkspace(user.id);
  const isMember = mayCreate || (await listWorkspaces(user.id)).length > 0;
  return (
    <AccountFrame onSignOut={signOut}>
      {mayCreate ? (
        <Page title="New workspace" className="max-w-3xl">
          <WorkspaceForm action={openWorkspace} />
        </Page>
      ) : isMember ? (
        <EmptyState
          title="Only owners open workspaces"
          action={
            <Button asChild>
              <Link href="/">Go to your workspace</Link>
            </Button>
          }
        >
          Ask an owner of this studio to open one and to invite you.
        </EmptyState>
      ) : (
        <EmptyState title="You are in no workspace yet">
          Ask an owner of this studio for an invitation link and open it in this browser. You are signed in as{" "}
          <span className="break-all">{user.email}</span>.
        </EmptyState>
      )}
    </AccountFrame>
  );
}
