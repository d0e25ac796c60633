"use client";
import { Monitor, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Confirm } from "@/components/ui/confirm";
import { Row, Rows } from "@/components/ui/rows";
import { RelativeTime } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { SessionView } from "@/lib/auth/schema";
import type { ActionResult } from "@/lib/errors";

type EndSession = (input: { sessionId: string }) => Promise<ActionResult<void>>;

/** The browsers somebody is signed in with. */
export function SessionList({ sessions, end }: { sessions: SessionView[]; end: EndSession }) {
  return (
    <Rows label="Signed-in browsers">
      {sessions.map((session) => {
        const Icon = /iPhone|Android/.test(session.device) ? Smartphone : Monitor;
        return (
          <Row key={session.id}>
            <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
            <div className="grid min-w-0 flex-1">
              <span className="flex items-center gap-2 text-sm">
                <span className="truncate">{session.device}</span>
                {session.current && <Badge tone="amber">This browser</Badge>}
              </span>
              <span className="text-ink-3 text-xs">
                Last used <RelativeTime iso={session.lastSeenAt} />
              </span>
            </div>
            {!session.current && <EndButton session={session} end={end} />}
          </Row>
        );
      })}
    </Rows>
  );
}

function EndButton({ session, end }: { session: SessionView; end: EndSession }) {
  const [busy, start] = useTransition();
  const router = useRouter();
  const press = () =>
    start(async () => {
      const result = await end({ sessionId: session.id });
      if (result.ok) toast.done(`${session.device} was signed out`);
      else toast.error(result.error);
      router.refresh();
    });
  return (
    <Button size="sm" busy={busy} onClick={press} aria-label={`Sign out ${session.device}`}>
      Sign out
    </Button>
  );
}

export function SignOutEverywhere({ action }: { action: () => Promise<void> }) {
  return (
    <Confirm
      trigger={
        <Button variant="danger" className="justify-self-start">
          Sign out everywhere
        </Button>
      }
      title="Sign out everywhere?"
      description="Every browser, this one too, has to sign in again. Running jobs go on."
      action="Sign out everywhere"
      cancel="Stay signed in"
      danger
      onConfirm={action}
    />
  );
}
