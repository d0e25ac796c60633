import { AnimatedPictureInput, closestRatio } from "@/lib/jobs/schema";
import { chosenModels, offered, requirePicture } from "@/lib/studio";
import { cutText } from "@/lib/text";
import { validate } from "@/lib/validate";
import type { OrderForm } from "./form";
import { randomSeed } from "./seed";

/** An animated picture with nothing left open. */
export type AnimatedPictureOrder = AnimatedPictureInput &
  Required<Pick<AnimatedPictureInput, "seed" | "imageModel" | "videoModel" | "visionModel">>;

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
};
