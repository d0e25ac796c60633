"use client";
import { Sparkles } from "lucide-react";
import { useMemo } from "react";
import { CAPABILITIES } from "@/lib/ai/schema";
import type { AssetView } from "@/lib/assets/schema";
import { type Impact, type StepView, stepId } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";
import { shapeOf, shapeOfRatio } from "../media/shape";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";
import type { JobDesk } from "./acts";
import { EmptyStage } from "./empty-stage";
import { FilmStrip } from "./film-strip";
import type { Names } from "./model-name";
import { Caption, OnStage } from "./on-stage";
import { assetsOf, canReopen, currentStep, isLive } from "./reckon";
import { useSelection } from "./use-selection";
import { useStageKeys } from "./use-stage-keys";
import { WhatWasRead } from "./what-was-read";

/** The picture or film that is looked at, what can be done with it, and everything else on a strip below. */
export function Stage({
  desk,
  names,
  slug,
  mayEdit,
}: {
  desk: JobDesk;
  names: Names;
  slug: string;
  mayEdit: boolean;
}) {
  const { job } = desk;
  const assets = useMemo(() => assetsOf(job), [job]);
  const gate = job.wait?.kind === "choice" ? job.wait : null;
  const gateStep = job.steps.find((step) => step.isChoice);
  const chosen = gateStep ? job.choices[stepId(gateStep)] || undefined : undefined;
  const [selected, select] = useSelection(assets, chosen, gate ? gate.options : null);

  const isStill = selected?.kind === "picture" && gateStep !== undefined;
  const canTake = mayEdit && isStill && canReopen(job) && (gate !== null || selected.id !== chosen);
  const take = () => {
    if (canTake && selected && gateStep) desk.decide(gateStep, selected.id);
  };
  useStageKeys({ assets, selected, select, take: gate && canTake ? take : undefined });

  const shape = job.source
    ? shapeOf(job.source)
    : shapeOfRatio(typeof job.input.ratio === "string" ? job.input.ratio : "16:9");
  const making = isLive(job.state) ? currentStep(job) : undefined;
  const shown = selected ?? job.source;
  return (
    <section aria-label="Stage" className="grid min-w-0 gap-2">
      {shown ? <OnStage asset={shown} /> : <EmptyStage job={job} shape={shape} />}
      {(shown || making) && (
        <div className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-2">
          {shown && <Caption asset={shown} slug={slug} note={noteOn(shown, chosen, job.source)} />}
          {canTake && (
            <TakeButton desk={desk} price={gateStep?.choices[selected.id]} again={!gate} onTake={take} />
          )}
        </div>
      )}
      {job.pipeline === "picture-reading" && job.source && <WhatWasRead asset={job.source} />}
      <FilmStrip
        assets={assets}
        current={selected?.id}
        chosen={chosen}
        coming={making ? comingOf(making, job.input, names) : 0}
        shape={shape}
        onSelect={select}
      />
      {gate && assets.length > 1 && (
        <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-3 text-xs max-sm:hidden">
          <span className="inline-flex items-center gap-1.5">
            <Kbd keys={["←", "→"]} /> look at the others
          </span>
          <span className="inline-flex items-center gap-1.5">
            <Kbd keys={["Enter"]} /> take this one
          </span>
        </p>
      )}
    </section>
  );
}

/** How many frames a step will add to the strip: as many stills as were asked for, or one film. */
function comingOf(step: StepView, input: Record<string, unknown>, names: Names): number {
  const what = step.model ? names.makes[step.model] : undefined;
  const kind = what && CAPABILITIES[what].makes;
  const wanted = kind === "picture" ? Number(input.count ?? 1) : kind ? 1 : 0;
  return Math.max(0, wanted - step.assets.filter((asset) => asset.take === step.take).length);
}

function noteOn(shown: AssetView, chosen: string | undefined, source: AssetView | null): string | undefined {
  if (shown.id === chosen) return "Chosen";
  return shown.id === source?.id ? "What it begins from" : undefined;
}

function TakeButton({
  desk,
  price,
  again,
  onTake,
}: {
  desk: JobDesk;
  price: Impact | undefined;
  again: boolean;
  onTake: () => void;
}) {
  return (
    <Button
      variant={again ? "secondary" : "primary"}
      size={again ? "md" : "lg"}
      busy={desk.busy}
      onClick={onTake}
      className="max-sm:w-full"
    >
      <Sparkles aria-hidden="true" />
      <span>
        {again ? "Animate this one instead" : "Animate this one"} ·{" "}
        <span className="figures">
          {price && price.highMicros > 0 ? formatRange(price.lowMicros, price.highMicros) : "free"}
        </span>
      </span>
    </Button>
  );
}
