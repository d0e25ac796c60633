import { AnimatedPictureInput, closestRatio, type PlannedStep } from "@/lib/jobs/schema";
import { chosenModels, offered, planStep, requirePicture } from "@/lib/studio";
import { cutText } from "@/lib/text";
import { validate } from "@/lib/validate";
import type { OrderForm } from "./form";
import { randomSeed } from "./seed";

/** An animated picture with nothing left open. */
export type AnimatedPictureOrder = AnimatedPictureInput &
  Required<Pick<AnimatedPictureInput, "seed" | "imageModel" | "videoModel" | "visionModel">>;

export const MAKE = "make the stills";
export const CHOOSE = "choose a still";
export const READ = "read the still";
export const ANIMATE = "animate the still";

export const animatedPictureForm: OrderForm<AnimatedPictureOrder> = {
  schema: AnimatedPictureInput,

  async complete(caller, raw) {
    const input = validate(AnimatedPictureInput, raw);
    const picture = input.pictureId ? await requirePicture(caller, input.pictureId) : null;
    const models = await chosenModels(caller);
    return {
      ...input,
      ratio: picture ? closestRatio(picture) : input.ratio,
      seed: input.seed ?? randomSeed(),
      imageModel: offered(input.imageModel ?? models.generateImage),
      videoModel: offered(input.videoModel ?? models.animateImage),
      visionModel: offered(input.visionModel ?? models.analyseImage),
    };
  },

  async title(input, caller) {
    if (input.prompt) return cutText(input.prompt, 120, "…");
    const picture = await requirePicture(caller, input.pictureId ?? "");
    return `From ${picture.filename}`;
  },

  plan(input) {
    const { imageModel, videoModel, visionModel, count, durationSeconds } = input;
    const steps: PlannedStep[] = [];
    if (!input.pictureId) steps.push(planStep(MAKE, "generateImage", imageModel, { count }));
    if (!input.pictureId && input.animate && count > 1) steps.push(gate(CHOOSE));
    if (input.animate) {
      steps.push(planStep(READ, "analyseImage", visionModel));
      steps.push(planStep(ANIMATE, "animateImage", videoModel, { durationSeconds }));
    } else {
      const pictures = input.pictureId ? 1 : count;
      for (let n = 1; n <= pictures; n++)
        steps.push(planStep(readLabel(n, pictures), "analyseImage", visionModel));
    }
    return steps;
  },
};

export function readLabel(n: number, of: number): string {
  return of === 1 ? READ : `read still ${n}`;
}

function gate(label: string): PlannedStep {
  return { label, model: null, lowMicros: 0, highMicros: 0, seconds: 0, repeatable: false };
}
