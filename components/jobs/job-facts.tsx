"use client";
import { History } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { JobDetail } from "@/lib/jobs/schema";
import { PIPELINE_WORDS } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";
import { Button } from "../ui/button";
import { formatDuration } from "../ui/format-time";
import { LongText } from "../ui/long-text";
import { Money } from "../ui/money";
import { useNow } from "../ui/now";
import { Facts } from "../ui/rows";
import { RelativeTime } from "../ui/time";
import { Decisions } from "./decisions";
import { modelName, type Names } from "./model-name";
import { hasEnded, usualSeconds, workedSeconds } from "./reckon";

/** Beside the stage: what was asked, what it took, what it cost. */
export function JobFacts({ job, names, slug }: { job: JobDetail; names: Names; slug: string }) {
  const prompt = typeof job.input.prompt === "string" ? job.input.prompt : "";
  return (
    <aside aria-label="The order" className="grid content-start gap-6">
      <Figures job={job} />
      {prompt && (
        <section className="grid gap-1.5">
          <h2 className="overline-label">Prompt</h2>
          <LongText text={prompt} className="text-sm leading-relaxed" />
        </section>
      )}
      <section className="grid gap-2.5">
        <h2 className="overline-label">Settings</h2>
        <Facts facts={settingsOf(job, names)} />
        <div>
          <Button asChild size="sm">
            <Link href={`/w/${slug}?from=${job.id}`}>
              <History aria-hidden="true" /> Recall settings
            </Link>
          </Button>
        </div>
      </section>
      <Decisions decisions={job.decisions} />
      <section className="grid gap-2">
        <h2 className="overline-label">Order</h2>
        <Facts
          facts={[
            ["Pipeline", PIPELINE_WORDS[job.pipeline].name],
            ["Ordered", <RelativeTime key="t" iso={job.createdAt} />],
            ["By", job.sample ? "Kinora, as a sample" : (job.createdBy?.name ?? "The command line")],
          ]}
        />
      </section>
    </aside>
  );
}

function Figures({ job }: { job: JobDetail }) {
  const now = useNow(1);
  const isFree = job.quoteHighMicros === 0 && job.costMicros === 0;
  return (
    <section
      aria-label="Cost and time"
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line"
    >
      <Figure
        name={hasEnded(job.state) ? "Cost" : "Cost so far"}
        note={
          isFree ? "a draft costs nothing" : `quoted ${formatRange(job.quoteLowMicros, job.quoteHighMicros)}`
        }
      >
        <Money micros={job.costMicros} paid={!isFree} />
      </Figure>
      <Figure name="At work" note={`usually ${formatDuration(usualSeconds(job.steps))}`}>
        {formatDuration(workedSeconds(job.steps, now))}
      </Figure>
      {job.heldMicros > 0 && (
        <p className="col-span-2 bg-surface px-4 py-2 text-ink-3 text-xs">
          <Money micros={job.heldMicros} /> reserved; what is not needed goes back.
        </p>
      )}
    </section>
  );
}

function Figure({ name, note, children }: { name: string; note: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5 bg-surface px-4 py-3">
      <h2 className="overline-label">{name}</h2>
      <p className="figures font-medium text-lg">{children}</p>
      <p className="figures text-ink-3 text-xs">{note}</p>
    </div>
  );
}

function settingsOf({ input }: JobDetail, names: Names): [string, ReactNode][] {
  const facts: [string, ReactNode][] = [];
  const add = (name: string, value: unknown, show: (value: string) => ReactNode = (text) => text) => {
    if (value !== undefined && value !== null && value !== "") facts.push([name, show(String(value))]);
  };
  add("Shape", input.pictureId ? undefined : input.ratio);
  add("Stills", input.pictureId ? undefined : input.count);
  add("Length", input.animate ? input.durationSeconds : undefined, (text) => `${text} s`);
  add("Motion", input.animate ? input.motion : undefined);
  add("Seed", input.seed, (text) => <span className="figures">{text}</span>);
  add("Pictures", input.pictureId ? undefined : input.imageModel, (id) => modelName(names, id));
  add("Film", input.animate ? input.videoModel : undefined, (id) => modelName(names, id));
  add("Vision", input.visionModel, (id) => modelName(names, id));
  return facts;
}
