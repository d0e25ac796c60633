"use client";
import { Clapperboard, Eye, Film, Image, Images, Timer, WandSparkles } from "lucide-react";
import type { Capability } from "@/lib/ai/schema";
import { type ModelView, PIPELINE_WORDS, PIPELINES, RATIOS, type Ratio } from "@/lib/jobs/schema";
import { PillSelect } from "../ui/select";
import { ModelPill } from "./model-pill";
import { MoreSettings } from "./more-settings";
import { lengthsOf, type Order } from "./order";
import { RatioIcon } from "./ratio-icon";
import { TogglePill } from "./toggle-pill";

/** The model of each capability that is taken where none is named. */
export type Presets = Record<Capability, string>;

const RATIO_NOTES: Record<Ratio, string> = {
  "16:9": "Wide, as in film",
  "9:16": "Upright, for phones",
  "1:1": "Square",
  "4:3": "As in older film",
  "3:4": "Portrait",
};

/** The settings under the prompt. Only those that mean something for this order are there. */
export function Pills({
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
  const of = (capability: ModelView["capability"]) =>
    models.filter((model) => model.capability === capability);
  const isReading = order.pipeline === "picture-reading";
  const makesStills = !isReading && order.picture === null;
  const makesFilm = !isReading && order.animate;
  const lengths = lengthsOf(models.find((model) => model.id === (order.videoModel || presets.animateImage)));

  return (
    <>
      <PillSelect
        label="Pipeline"
        icon={<Clapperboard aria-hidden="true" />}
        value={order.pipeline}
        onChange={(value) => change({ pipeline: PIPELINES.find((one) => one === value) })}
        options={PIPELINES.map((one) => ({
          value: one,
          label: PIPELINE_WORDS[one].name,
          note: PIPELINE_WORDS[one].summary,
        }))}
      />
      {isReading && (
        <ModelPill
          label="Vision model"
          icon={<Eye aria-hidden="true" />}
          models={of("analyseImage")}
          preset={presets.analyseImage}
          value={order.visionModel}
          onChange={(visionModel) => change({ visionModel })}
        />
      )}
      {makesStills && (
        <>
          <ModelPill
            label="Picture model"
            icon={<Image aria-hidden="true" />}
            models={of("generateImage")}
            preset={presets.generateImage}
            value={order.imageModel}
            onChange={(imageModel) => change({ imageModel })}
          />
          <PillSelect
            label="Shape"
            icon={<RatioIcon ratio={order.ratio} />}
            value={order.ratio}
            onChange={(value) => change({ ratio: RATIOS.find((ratio) => ratio === value) })}
            options={RATIOS.map((ratio) => ({
              value: ratio,
              label: ratio,
              note: RATIO_NOTES[ratio],
              icon: <RatioIcon ratio={ratio} />,
            }))}
          />
          <PillSelect
            label="How many stills"
            icon={<Images aria-hidden="true" />}
            value={String(order.count)}
            onChange={(value) => change({ count: Number(value) })}
            options={[1, 2, 3, 4].map((n) => ({
              value: String(n),
              label: n === 1 ? "1 still" : `${n} stills`,
            }))}
          />
        </>
      )}
      {!isReading && (
        <TogglePill
          label="Animate"
          hint={order.animate ? "Pictures only, instead" : "Make a film of the chosen still"}
          icon={<Film aria-hidden="true" />}
          on={order.animate}
          onChange={(animate) => change({ animate })}
        />
      )}
      {makesFilm && (
        <>
          <ModelPill
            label="Film model"
            icon={<Film aria-hidden="true" />}
            models={of("animateImage")}
            preset={presets.animateImage}
            value={order.videoModel}
            onChange={(videoModel) => change({ videoModel })}
          />
          <PillSelect
            label="Length"
            icon={<Timer aria-hidden="true" />}
            value={String(nearest(lengths, order.durationSeconds))}
            onChange={(value) => change({ durationSeconds: Number(value) })}
            options={lengths.map((seconds) => ({ value: String(seconds), label: `${seconds} s` }))}
          />
          {makesStills && order.count > 1 && (
            <TogglePill
              label="Choose for me"
              hint={
                order.chooseAutomatically
                  ? "Ask which still to animate"
                  : "Animate the first still without asking"
              }
              icon={<WandSparkles aria-hidden="true" />}
              on={order.chooseAutomatically}
              onChange={(chooseAutomatically) => change({ chooseAutomatically })}
            />
          )}
        </>
      )}
      {!isReading && (
        <MoreSettings order={order} change={change} models={of("analyseImage")} presets={presets} />
      )}
    </>
  );
}

/** Of the lengths on offer the one closest to what was asked. */
export function nearest(lengths: number[], wanted: number): number {
  return [...lengths].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0] ?? wanted;
}
