import { readPicture } from "@/lib/studio";
import { definePipeline } from "../define-pipeline";
import { pictureReadingForm } from "../orders/picture-reading";

/** A picture or a video's frame in; what is to be seen in it is kept on the asset. */
export const pictureReading = definePipeline(
  "picture-reading",
  pictureReadingForm,
  async ({ input, step }) => {
    const { assetId, atSeconds, visionModel: model } = input;
    await step("read the picture", { assetId, atSeconds, model }, readPicture);
  },
);
