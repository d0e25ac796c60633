import type { CAPABILITIES, Capability } from "./capabilities";

export type { ImageAnalysis } from "./analysis";
export type { Capability } from "./capabilities";
export type { AnalyseImage } from "./capabilities/analyse-image";
export type { AnimateImage } from "./capabilities/animate-image";
export type { GenerateImage } from "./capabilities/generate-image";
export type { AssetRef, MediaInput, Stored } from "./capabilities/shape";

/** What can be asked of a provider: input and, beside files, the data that comes back. */
export type Capabilities = { [C in Capability]: NonNullable<(typeof CAPABILITIES)[C]["types"]> };

/** An order of one capability from one model. */
export type Order = {
  [C in Capability]: { capability: C; model: string; input: Capabilities[C]["input"] };
}[Capability];

/** A file that a provider made: fetched through the guarded download, or already at hand. */
export type OutputFile =
  | { from: "url"; url: string }
  | { from: "bytes"; bytes: Buffer; mime: string }
  | { from: "path"; path: string; mime: string };

/** What came back for an order. Nothing of it has been judged yet. */
export type Outputs = {
  files: OutputFile[];
  /** What the model wrote, as it came; the capability's own reader makes data of it, as often as is needed. */
  text?: string;
  /** How many of the ordered pictures did not come. */
  missing?: number;
  seed?: number;
};
