import type { Pipeline } from "@/lib/jobs/schema";
import { animatedPictureForm } from "./animated-picture";
import type { OrderForm } from "./form";
import { pictureReadingForm } from "./picture-reading";

/** The order form of every pipeline. What `complete` gives is what `title` and `plan` of the same form take. */
export const forms: Record<Pipeline, OrderForm<Record<string, unknown>>> = {
  "animated-picture": animatedPictureForm,
  "picture-reading": pictureReadingForm,
};
