"use client";
import { CircleCheck, PauseCircle } from "lucide-react";
import Link from "next/link";
import type { JobWait } from "@/lib/jobs/schema";
import { formatMoney } from "@/lib/money";
import { Button } from "../ui/button";
import { ErrorNote } from "../ui/error-note";
import type { JobDesk } from "./acts";
import { Doubts } from "./doubts";
import { type Names, providerName } from "./model-name";
import { Panel } from "./panel";
import { isLive, sentence } from "./reckon";

/** What stands in the way, and the ways on. Nothing while all goes well. */
export function Attention({
  desk,
  names,
  slug,
  mayEdit,
  isOwner,
}: {
  desk: JobDesk;
  names: Names;
  slug: string;
  mayEdit: boolean;
  isOwner: boolean;
}) {
  const { job } = desk;
  return (
    <>
      {!isLive(job.state) && <Doubts desk={desk} names={names} mayEdit={mayEdit} />}
      {job.state === "failed" && job.error && <Failed desk={desk} names={names} mayEdit={mayEdit} />}
      {job.wait?.kind === "cap" && (
        <AtCap desk={desk} wait={job.wait} slug={slug} mayEdit={mayEdit} isOwner={isOwner} />
      )}
      {job.wait?.kind === "approval" && <Approval desk={desk} wait={job.wait} mayEdit={mayEdit} />}
      {job.state === "canceled" && <Canceled desk={desk} mayEdit={mayEdit} />}
    </>
  );
}

function Failed({ desk, names, mayEdit }: { desk: JobDesk; names: Names; mayEdit: boolean }) {
  const { error, costMicros } = desk.job;
  if (!error) return null;
  const where = [
    error.step && `In “${error.step}”`,
    error.provider && `at ${providerName(names, error.provider)}`,
  ]
    .filter(Boolean)
    .join(", ");
  const spent = costMicros === 0 ? "Nothing was charged." : `Spent so far: ${formatMoney(costMicros)}.`;
  return (
    <ErrorNote
      message={error.message}
      action={
        <>
          {where && `${where}. `}
          {spent} {error.action}{" "}
          <span className="text-ink-3">Finished steps are not made again, nor paid again.</span>
        </>
      }
    >
      {mayEdit && (
        <Button variant="primary" busy={desk.busy} onClick={desk.retry}>
          Retry
        </Button>
      )}
    </ErrorNote>
  );
}

function Approval({
  desk,
  wait,
  mayEdit,
}: {
  desk: JobDesk;
  wait: Extract<JobWait, { kind: "approval" }>;
  mayEdit: boolean;
}) {
  const upTo = wait.upToMicros === 0 ? "free" : `up to ${formatMoney(wait.upToMicros)}`;
  return (
    <Panel
      icon={<CircleCheck aria-hidden="true" className="text-state-waiting" />}
      title={`${sentence(wait.name)}?`}
      buttons={
        mayEdit && (
          <Button variant="primary" busy={desk.busy} onClick={() => desk.approve(wait, wait.key)}>
            Approve · <span className="figures">{upTo}</span>
          </Button>
        )
      }
    >
      <p>
        The job rests until somebody approves of what it shows; nothing more is spent before.
        {wait.upToMicros > 0 && ` All that follows costs ${upTo}.`}
      </p>
    </Panel>
  );
}

function AtCap({
  desk,
  wait,
  slug,
  mayEdit,
  isOwner,
}: {
  desk: JobDesk;
  wait: Extract<JobWait, { kind: "cap" }>;
  slug: string;
  mayEdit: boolean;
  isOwner: boolean;
}) {
  return (
    <Panel
      icon={<PauseCircle aria-hidden="true" className="text-state-paused" />}
      title={wait.message}
      buttons={
        <>
          {isOwner && (
            <Button asChild>
              <Link href={`/w/${slug}/settings/budget`}>Change the cap</Link>
            </Button>
          )}
          {mayEdit && (
            <Button variant="primary" busy={desk.busy} onClick={desk.retry}>
              Go on
            </Button>
          )}
        </>
      }
    >
      <p>
        The job rests; nothing is lost. {isOwner ? "Raise the cap" : "Ask an owner to raise the cap"}, then
        press Go on.
      </p>
    </Panel>
  );
}

function Canceled({ desk, mayEdit }: { desk: JobDesk; mayEdit: boolean }) {
  return (
    <Panel
      title="This job was canceled."
      buttons={
        mayEdit && (
          <Button busy={desk.busy} onClick={desk.retry}>
            Go on with it
          </Button>
        )
      }
    >
      <p>
        What was finished is kept. Going on makes only what is missing; finished steps are not paid again.
      </p>
    </Panel>
  );
}
