"use client";
import type { ReactNode } from "react";
import type { ModelView } from "@/lib/jobs/schema";
import { formatRange } from "@/lib/money";
import { type Option, PillSelect } from "../ui/select";

const AUTOMATIC = "automatic";
/** Which model makes it. Those without a key stand there too, so that one sees what a key would bring. */
export function ModelPill({
  label,
  icon,
  models,
  preset,
  value,
  onChange,
}: {
  /** "Picture model", "Film model", … */
  label: string;
  icon: ReactNode;
  models: ModelView[];
  /** What the workspace uses where nobody chooses. */
  preset: string;
  value: string;
  onChange: (value: string) => void;
}) {
  const usual = models.find((model) => model.id === preset);
  const options: Option[] = [
    {
      value: AUTOMATIC,
      label: usual ? usual.label : "Automatic",
      note: "The workspace’s choice",
      aside: usual && priceOf(usual),
    },
    ...models.filter((model) => model.id !== preset || value === preset).map(toOption),
  ];
  return (
    <PillSelect
      label={label}
      icon={icon}
      value={value || AUTOMATIC}
      onChange={(chosen) => onChange(chosen === AUTOMATIC ? "" : chosen)}
      options={options}
    />
  );
}

function toOption(model: ModelView): Option {
  return {
    value: model.id,
    label: model.label,
    note: model.available ? model.note : `Needs a key for ${model.providerLabel}`,
    aside: priceOf(model),
    disabled: !model.available,
    group: model.providerLabel,
  };
}

/** What one of it costs; what references and long prompts add is in the quote on the button. */
function priceOf({ price: [first] }: ModelView): string {
  if (!first || first.highMicros === 0) return "free";
  return `${formatRange(first.lowMicros, first.highMicros)} ${first.unit}`;
}
