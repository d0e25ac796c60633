import type { Ratio } from "@/lib/jobs/schema";
import type { Facts, MediaInput } from "./shape";

export type AnimateImage = {
  image: MediaInput;
  /** How camera and subject move. */
  prompt: string;
  durationSeconds: number;
  ratio: Ratio;
  seed?: number;
};

export const animateImage: Facts<AnimateImage, null> = {
  word: "Animation",
  makes: "video",
  size: ({ durationSeconds }) => ({ durationSeconds }),
  read: null,
};
