"use client";
import { UserMinus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Confirm } from "@/components/ui/confirm";
import { IconButton } from "@/components/ui/icon-button";
import { Row, Rows } from "@/components/ui/rows";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import { type MemberView, ROLE_WORDS, ROLES } from "@/lib/workspaces/schema";
import { ResetMember } from "./reset-member";

type Role = MemberView["role"];
type Actions = {
  changeRole: (input: { userId: string; role: Role }) => Promise<ActionResult<void>>;
  remove: (input: { userId: string }) => Promise<ActionResult<void>>;
  reset: (input: { userId: string }) => Promise<ActionResult<{ url: string }>>;
};

const OPTIONS = ROLES.map((role) => ({
  value: role,
  label: ROLE_WORDS[role].name,
  note: ROLE_WORDS[role].may,
}));

/** Who is in the workspace. Owners change roles and remove people; the last owner's row stays as it is. */
export function MemberList({
  members,
  meId,
  mayManage,
  ...actions
}: { members: MemberView[]; meId: string; mayManage: boolean } & Actions) {
  const owners = members.filter(({ role }) => role === "owner").length;
  return (
    <Rows label="People in this workspace">
      {members.map((member) => (
        <Row key={member.id} className="flex-wrap">
          <Avatar name={member.name} />
          <div className="grid min-w-40 flex-1">
            <span className="flex items-center gap-2 truncate font-medium text-sm">
              <span className="truncate">{member.name}</span>
              {member.id === meId && <Badge>You</Badge>}
            </span>
            <span className="truncate text-ink-3 text-xs">{member.email}</span>
          </div>
          {mayManage && !(member.role === "owner" && owners === 1) ? (
            <Manage member={member} isMe={member.id === meId} {...actions} />
          ) : (
            <span className="text-ink-2 text-sm">{ROLE_WORDS[member.role].name}</span>
          )}
        </Row>
      ))}
    </Rows>
  );
}

function Manage({
  member,
  isMe,
  changeRole,
  remove,
  reset,
}: { member: MemberView; isMe: boolean } & Actions) {
  const [busy, start] = useTransition();
  const router = useRouter();
  const change = (role: string) =>
    start(async () => {
      const wanted = ROLES.find((known) => known === role);
      if (!wanted || wanted === member.role) return;
      const result = await changeRole({ userId: member.id, role: wanted });
      if (!result.ok) toast.error(result.error);
      router.refresh();
    });
  const removeThem = async () => {
    const result = await remove({ userId: member.id });
    if (result.ok) toast.done(`${member.name} is no longer in this workspace`);
    else toast.error(result.error);
    router.refresh();
  };
  return (
    <div className="flex items-center gap-1 max-sm:w-full max-sm:pl-10">
      <Select
        label={`Role of ${member.name}`}
        value={member.role}
        onChange={change}
        options={OPTIONS}
        disabled={busy}
        className="w-28"
      />
      {!isMe && <ResetMember id={member.id} name={member.name} action={reset} />}
      {!isMe && (
        <Confirm
          trigger={
            <IconButton label={`Remove ${member.name}`}>
              <UserMinus aria-hidden="true" />
            </IconButton>
          }
          title={`Remove ${member.name}?`}
          description="They lose sight of this workspace at once, and open invitations end. What they made stays, and their running jobs go on."
          action="Remove"
          cancel="Keep"
          danger
          onConfirm={removeThem}
        />
      )}
    </div>
  );
}
