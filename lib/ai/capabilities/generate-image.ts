import type { Ratio } from "@/lib/jobs/schema";
import type { Facts, MediaInput } from "./shape";

export type GenerateImage = {
  prompt: string;
  ratio: Ratio;
  /** 1–4 pictures in one order. */
  count: number;
  seed?: number;
  references: MediaInput[];
};

export const generateImage: Facts<GenerateImage, null> = {
  word: "Pictures",
  makes: "picture",
  size: ({ count, references }) => ({ count, references: references.length }),
  read: null,
};
