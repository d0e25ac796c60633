import { animatePicture, makeStills, readPicture } from "@/lib/studio";
import { definePipeline } from "../define-pipeline";
import { ANIMATE, animatedPictureForm, CHOOSE, MAKE, READ, readLabel } from "../orders/animated-picture";

/** A prompt or a picture in, a short film out. */
export const animatedPicture = definePipeline(
  "animated-picture",
  animatedPictureForm,
  async ({ input, step, choose }) => {
    const { prompt, ratio, count, seed, imageModel, videoModel, visionModel, durationSeconds } = input;

    const stills = input.pictureId
      ? [input.pictureId]
      : (await step(MAKE, { prompt, ratio, count, seed, model: imageModel, referenceIds: [] }, makeStills))
          .assetIds;

    if (!input.animate) {
      for (const [n, assetId] of stills.entries()) {
        await step(readLabel(n + 1, stills.length), { assetId, model: visionModel }, readPicture);
      }
      return;
    }

    const still =
      stills.length === 1 && stills[0]
        ? stills[0]
        : await choose(CHOOSE, { step: MAKE, latest: stills }, input.chooseAutomatically);
    const { suggestedMotion } = await step(READ, { assetId: still, model: visionModel }, readPicture);
    const motion = input.motion || suggestedMotion;
    await step(
      ANIMATE,
      { assetId: still, motion, durationSeconds, ratio, seed, model: videoModel },
      animatePicture,
    );
  },
);
