import { PictureReadingInput } from "@/lib/jobs/schema";
import { chosenModels, offered, requirePicture } from "@/lib/studio";
import { validate } from "@/lib/validate";
import type { OrderForm } from "./form";

export type PictureReadingOrder = PictureReadingInput & Required<Pick<PictureReadingInput, "visionModel">>;

export const pictureReadingForm: OrderForm<PictureReadingOrder> = {
  schema: PictureReadingInput,
  async complete(caller, raw) {
    const input = validate(PictureReadingInput, raw);
    await requirePicture(caller, input.assetId, { orVideo: true });
    return { ...input, visionModel: offered(input.visionModel ?? (await chosenModels(caller)).analyseImage) };
  },
  async title(input, caller) {
    return `Reading of ${(await requirePicture(caller, input.assetId, { orVideo: true })).filename}`;
  },
};
