import { InvitationList } from "@/components/settings/invitation-list";
import { Invite } from "@/components/settings/invite";
import { LeaveWorkspace } from "@/components/settings/leave";
import { MemberList } from "@/components/settings/member-list";
import { WorkspaceName } from "@/components/settings/workspace-name";
import { Section } from "@/components/ui/page";
import { requireCaller } from "@/lib/auth";
import { listInvitations, listMembers } from "@/lib/workspaces";
import { invite, leave, remove, rename, reset, setRole, withdraw } from "../actions";

export const metadata = { title: "People" };

export default async function MembersPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const caller = await requireCaller(slug);
  const isOwner = caller.role === "owner";
  const [members, invitations] = await Promise.all([
    listMembers(caller),
    isOwner ? listInvitations(caller) : [],
  ]);
  const isLastOwner = isOwner && members.filter(({ role }) => role === "owner").length === 1;
  return (
    <>
      <Section
        title="People"
        lead={
          isOwner
            ? "Owners manage, editors make and spend, viewers look."
            : "Only owners invite people and change roles."
        }
        actions={isOwner && <Invite action={invite.bind(null, slug)} />}
      >
        <MemberList
          members={members}
          meId={caller.userId}
          mayManage={isOwner}
          changeRole={setRole.bind(null, slug)}
          remove={remove.bind(null, slug)}
          reset={reset.bind(null, slug)}
        />
      </Section>
      {invitations.length > 0 && (
        <Section title="Open invitations" lead="Each link lets people join until it ends or you withdraw it.">
          <InvitationList invitations={invitations} withdraw={withdraw.bind(null, slug)} />
        </Section>
      )}
      {isOwner && (
        <Section title="Workspace">
          <WorkspaceName name={caller.workspace.name} action={rename.bind(null, slug)} />
        </Section>
      )}
      {!isLastOwner && (
        <Section title="Leave">
          <LeaveWorkspace name={caller.workspace.name} action={leave.bind(null, slug)} />
        </Section>
      )}
    </>
  );
}
