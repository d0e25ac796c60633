"use client";
import { Dices, Eye, Settings2 } from "lucide-react";
import type { ModelView } from "@/lib/jobs/schema";
import { cn } from "../ui/cn";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Popover } from "../ui/popover";
import { pillLook } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { ModelPill } from "./model-pill";
import type { Order } from "./order";
import type { Presets } from "./pills";

const LARGEST_SEED = 2_147_483_647;

/** What most orders leave as it is: the motion in words, the seed, the model that looks at the still. */
export function MoreSettings({
  order,
  change,
  models,
  presets,
}: {
  order: Order;
  change: (part: Partial<Order>) => void;
  models: ModelView[];
  presets: Presets;
}) {
  const set = [order.motion !== "" && !order.picture, order.seed !== null, order.visionModel !== ""].filter(
    Boolean,
  ).length;
  return (
    <Popover
      label="More settings"
      align="end"
      className="grid w-80 gap-4"
      trigger={
        <button
          type="button"
          className={cn(pillLook, set > 0 && "border-amber-text/60 text-amber-text")}
          aria-label={set > 0 ? `More settings, ${set} set` : "More settings"}
        >
          <Settings2 aria-hidden="true" />
          {set > 0 ? `More · ${set}` : "More"}
        </button>
      }
    >
      {order.animate && !order.picture && (
        <Field id="motion" label="Motion" hint="Empty: the vision model suggests one from the still.">
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              maxLength={8_000}
              value={order.motion}
              onChange={(event) => change({ motion: event.target.value })}
              placeholder="Slow push in, the fog drifts left"
            />
          )}
        </Field>
      )}
      <Field id="seed" label="Seed" hint="The same seed and settings give the same draft again.">
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              inputMode="numeric"
              className="figures"
              value={order.seed ?? ""}
              placeholder="Any"
              onChange={(event) => change({ seed: parseSeed(event.target.value) })}
            />
            <IconButton
              label="Throw a new seed"
              variant="secondary"
              size="lg"
              className="size-9 coarse:size-11"
              onClick={() => change({ seed: Math.floor(Math.random() * LARGEST_SEED) })}
            >
              <Dices aria-hidden="true" />
            </IconButton>
          </div>
        )}
      </Field>
      <div className="grid justify-items-start gap-1.5">
        <span className="font-medium text-ink-2 text-sm">Who looks at the still</span>
        <ModelPill
          label="Vision model"
          icon={<Eye aria-hidden="true" />}
          models={models}
          preset={presets.analyseImage}
          value={order.visionModel}
          onChange={(visionModel) => change({ visionModel })}
        />
      </div>
    </Popover>
  );
}

function parseSeed(text: string): number | null {
  const digits = text.replace(/\D/g, "").slice(0, 10);
  return digits === "" ? null : Math.min(LARGEST_SEED, Number(digits));
}
