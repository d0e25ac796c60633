import { type ImageAnalysis, readAnalysis } from "../analysis";
import type { Facts, MediaInput } from "./shape";

export type AnalyseImage = { image: MediaInput };

export const analyseImage: Facts<AnalyseImage, ImageAnalysis> = {
  word: "Vision",
  makes: null,
  size: () => ({}),
  read: readAnalysis,
};
