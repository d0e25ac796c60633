"use client";
import { CircleHelp, PauseCircle } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { JobWait } from "@/lib/jobs/schema";
import { formatMoney } from "@/lib/money";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { ErrorNote } from "../ui/error-note";
import type { JobDesk } from "./acts";
import { modelName, type Names, providerName } from "./model-name";

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
  if (job.state === "failed" && job.error) return <Failed desk={desk} names={names} mayEdit={mayEdit} />;
  if (job.wait?.kind === "uncertain")
    return <Uncertain desk={desk} wait={job.wait} names={names} mayEdit={mayEdit} />;
  if (job.wait?.kind === "cap")
    return <AtCap desk={desk} wait={job.wait} slug={slug} mayEdit={mayEdit} isOwner={isOwner} />;
  if (job.state === "canceled") return <Canceled desk={desk} mayEdit={mayEdit} />;
  return null;
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

function Uncertain({
  desk,
  wait,
  names,
  mayEdit,
}: {
  desk: JobDesk;
  wait: Extract<JobWait, { kind: "uncertain" }>;
  names: Names;
  mayEdit: boolean;
}) {
  const provider = providerName(names, wait.provider);
  const price = formatMoney(wait.costMicros);
  return (
    <Panel
      icon={<CircleHelp aria-hidden="true" className="text-state-waiting" />}
      title={`Was this order taken? ${provider} did not say.`}
      buttons={
        mayEdit && (
          <>
            <Button disabled={desk.busy} onClick={() => desk.decide(wait.generationId, "do not pay again")}>
              Do not pay again
            </Button>
            <Button
              variant="primary"
              busy={desk.busy}
              onClick={() => desk.decide(wait.generationId, "order again")}
            >
              Order again · {price}
            </Button>
          </>
        )
      }
    >
      <p>
        The connection broke after “{wait.label}” was sent to {provider} ({modelName(names, wait.model)}). It
        may have been made and charged with about {price}; Kinora cannot find out by itself, so it did not
        send it again.
      </p>
      <ul className="mt-2 list-disc pl-4">
        <li>
          <b className="font-medium text-ink">Order again</b> sends it once more. If the first one was taken
          after all, it is paid twice. {provider}’s own list of orders shows whether it was.
        </li>
        <li>
          <b className="font-medium text-ink">Do not pay again</b> ends this job here. What is finished stays
          in the library, and Retry is there later.
        </li>
      </ul>
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

function Panel({
  icon,
  title,
  buttons,
  className,
  children,
}: {
  icon?: ReactNode;
  title: string;
  buttons: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={title}
      className={cn(
        "grid gap-3 rounded-lg border border-line-strong bg-surface px-4 py-4 sm:px-5",
        className,
      )}
    >
      <div className="flex items-start gap-3 [&>svg]:mt-0.5 [&>svg]:size-4.5 [&>svg]:shrink-0">
        {icon}
        <div className="grid gap-1 text-ink-2 text-sm">
          <h2 className="font-medium text-base text-ink">{title}</h2>
          <div className="max-w-2xl">{children}</div>
        </div>
      </div>
      {buttons && <div className="flex flex-wrap justify-end gap-2">{buttons}</div>}
    </section>
  );
}
