import type { ReactNode } from "react";
import { signOut } from "@/app/account/actions";
import { LivePages } from "@/components/live/live-pages";
import { Palette } from "@/components/shell/palette";
import { RememberWorkspace } from "@/components/shell/remember-workspace";
import { Shell } from "@/components/shell/shell";
import { Shortcuts } from "@/components/shell/shortcuts";
import { ResumeUploads } from "@/components/upload/uploads-above";
import { requireCaller } from "@/lib/auth";
import { countLive, lastEventId } from "@/lib/jobs";
import { listWorkspaces, mayCreateWorkspace } from "@/lib/workspaces";

type Props = { children: ReactNode; params: Promise<{ slug: string }> };

export default async function WorkspaceLayout({ children, params }: Props) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  // Read before anything else is: what happens while the page is drawn is then heard.
  const after = await lastEventId();
  const [workspaces, mayOpen, running] = await Promise.all([
    listWorkspaces(caller.userId),
    mayCreateWorkspace(caller.userId),
    countLive(caller),
  ]);
  return (
    <Shell
      workspace={caller.workspace}
      workspaces={workspaces}
      mayOpenAnother={mayOpen}
      user={caller.user}
      running={running}
      onSignOut={signOut}
    >
      {children}
      <LivePages slug={slug} after={after} />
      <Shortcuts slug={slug} />
      <RememberWorkspace slug={slug} />
      <Palette slug={slug} />
      {caller.role !== "viewer" && <ResumeUploads userId={caller.userId} />}
    </Shell>
  );
}
