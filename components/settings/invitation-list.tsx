"use client";
import { Link2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Row, Rows } from "@/components/ui/rows";
import { RelativeTime } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import type { InvitationView } from "@/lib/workspaces/schema";

type Withdraw = (input: { invitationId: string }) => Promise<ActionResult<void>>;

/** The links that still work. */
export function InvitationList({
  invitations,
  withdraw,
}: {
  invitations: InvitationView[];
  withdraw: Withdraw;
}) {
  return (
    <Rows label="Open invitations">
      {invitations.map((invitation) => (
        <Row key={invitation.id} className="flex-wrap">
          <Link2 aria-hidden="true" className="size-4 text-ink-3" />
          <div className="grid min-w-44 flex-1">
            <span className="text-sm">Link for {invitation.role}s</span>
            <span className="text-ink-3 text-xs">
              By {invitation.invitedBy}, <RelativeTime iso={invitation.createdAt} /> ·{" "}
              {countUses(invitation.uses)} · ends {formatDay(invitation.expiresAt)}
            </span>
          </div>
          <WithdrawButton invitation={invitation} withdraw={withdraw} />
        </Row>
      ))}
    </Rows>
  );
}

function WithdrawButton({ invitation, withdraw }: { invitation: InvitationView; withdraw: Withdraw }) {
  const [busy, start] = useTransition();
  const router = useRouter();
  const press = () =>
    start(async () => {
      const result = await withdraw({ invitationId: invitation.id });
      if (result.ok) toast.done("The link no longer works");
      else toast.error(result.error);
      router.refresh();
    });
  return (
    <Button size="sm" busy={busy} onClick={press}>
      Withdraw
    </Button>
  );
}

const countUses = (uses: number) =>
  uses === 0 ? "nobody joined yet" : uses === 1 ? "1 joined" : `${uses} joined`;

// UTC, so that server and browser write the same.
const DAY = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" });
const formatDay = (iso: string) => DAY.format(new Date(iso));
