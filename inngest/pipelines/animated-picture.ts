import { animatePicture, makeStills, readPicture } from "@/lib/studio";
import { definePipeline } from "../define-pipeline";
import { animatedPictureForm } from "../orders/animated-picture";

/** A prompt or a picture in, a short film out. */
export const animatedPicture = definePipeline(
  "animated-picture",
  animatedPictureForm,
  async ({ input, step, each, choose }) => {
    const { prompt, ratio, count, seed, durationSeconds, imageModel, videoModel, visionModel: model } = input;

    const stills = input.pictureId
      ? [input.pictureId]
      : (
          await step(
            "make the stills",
            { prompt, ratio, count, seed, model: imageModel, referenceIds: [] },
            makeStills,
          )
        ).assetIds;

    if (!input.animate) {
      await each(stills, (assetId, n) => {
        const title = stills.length > 1 ? `still ${n + 1}` : "";
        return step("read the still", { assetId, model }, readPicture, { id: assetId, title });
      });
      return;
    }

    const still =
      stills.length === 1 && stills[0]
        ? stills[0]
        : await choose(
            "choose a still",
            { step: "make the stills", latest: stills },
            input.chooseAutomatically,
          );
    const { suggestedMotion } = await step("read the still", { assetId: still, model }, readPicture);
    const motion = input.motion || suggestedMotion;
    await step(
      "animate the still",
      { assetId: still, motion, durationSeconds, ratio, seed, model: videoModel },
      animatePicture,
    );
  },
);
