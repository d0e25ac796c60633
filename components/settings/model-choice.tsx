"use client";
import { useId, useOptimistic, useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/errors";
import type { ModelView } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";

const BEST = "best";

/** The default model of one capability, with provider, price and whether its key is set. */
export function ModelChoice({
  label,
  models,
  chosen,
  effective,
  mayChange,
  action,
}: {
  label: string;
  models: ModelView[];
  /** What the workspace has chosen; null: the best one with a key. */
  chosen: string | null;
  /** What a job gets now. */
  effective: string;
  mayChange: boolean;
  action: (input: {
    capability: ModelView["capability"];
    model: string | null;
  }) => Promise<ActionResult<void>>;
}) {
  const id = useId();
  const [, start] = useTransition();
  const [value, setValue] = useOptimistic(chosen ?? BEST);
  const inUse = models.find((model) => model.id === (value === BEST ? effective : value));
  const choose = (next: string) =>
    start(async () => {
      const capability = models[0]?.capability;
      if (!capability || next === value) return;
      setValue(next);
      const result = await action({ capability, model: next === BEST ? null : next });
      if (result.ok) toast.done("Default model saved");
      else toast.error(result.error);
    });
  const best = models.find((model) => model.id === effective);
  return (
    <div className="grid gap-2 rounded-lg border bg-surface p-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:gap-6">
      <Field id={id} label={label}>
        {(control) => (
          <Select
            {...control}
            label={label}
            value={value}
            onChange={choose}
            disabled={!mayChange}
            options={[
              {
                value: BEST,
                label: "Best available",
                note: chosen === null && best ? `Now ${best.label}` : "The best one whose provider has a key",
              },
              ...models.map((model) => ({
                value: model.id,
                label: model.label,
                note: model.note,
                aside: formatPrice(model),
                group: model.available ? model.providerLabel : `${model.providerLabel}, no key set`,
                disabled: !model.available,
              })),
            ]}
          />
        )}
      </Field>
      {inUse && <InUse model={inUse} />}
    </div>
  );
}

function InUse({ model }: { model: ModelView }) {
  return (
    <div className="grid content-center gap-0.5 text-sm sm:pt-6.5">
      <p className="flex flex-wrap items-center gap-2">
        {model.label}
        <span className="text-ink-3">{model.providerLabel}</span>
        {!model.available && <Badge tone="danger">No key set</Badge>}
      </p>
      <p className="figures text-ink-2">
        {model.draft ? "Free, made on this machine" : `About ${formatPrice(model)}`}
      </p>
    </div>
  );
}

function formatPrice({ price, draft }: ModelView): string {
  if (draft) return "free";
  return price.map((part) => `${formatRange(part.lowMicros, part.highMicros)} ${part.unit}`).join(" + ");
}
