import type { Ratio } from "@/lib/jobs/schema";

/** A picture handed to a provider. It travels by whichever of the two ways the provider takes. */
export type MediaInput = {
  mime: string;
  bytes: number;
  sha256: string;
  width?: number;
  height?: number;
  /** A short-lived signed https URL; undefined while Kinora is not reachable from outside. */
  url(): Promise<string | undefined>;
  read(): Promise<Buffer>;
};

export type GenerateImage = {
  prompt: string;
  ratio: Ratio;
  /** 1–4 pictures in one order. */
  count: number;
  seed?: number;
  references: MediaInput[];
};

export type AnimateImage = {
  image: MediaInput;
  /** How camera and subject move. */
  prompt: string;
  durationSeconds: number;
  ratio: Ratio;
  seed?: number;
};

export type AnalyseImage = { image: MediaInput };

export type ImageAnalysis = {
  description: string;
  /** 3–12 lower-case words. */
  tags: string[];
  /** 3–6 colours as #rrggbb, most present first. */
  palette: string[];
  suggestedMotion: string;
};

/** What can be asked of a provider: input and, beside files, the data that comes back. */
export type Capabilities = {
  generateImage: { input: GenerateImage; data: null };
  animateImage: { input: AnimateImage; data: null };
  analyseImage: { input: AnalyseImage; data: ImageAnalysis };
};
export type Capability = keyof Capabilities;

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
