import { join } from "node:path";
import { drawPicture, seedFrom } from "@kinora/painter";
import { measurePalette } from "@/lib/media";
import type {
  AnalyseImage,
  AnimateImage,
  Capabilities,
  Capability,
  GenerateImage,
  Outputs,
} from "../capability";
import type { BeginContext } from "../provider";
import { animatePicture } from "./film/animate-picture";
import { describeMeasures } from "./vision/describe";
import { measure } from "./vision/measure";

/** Draws, films or reads what was ordered, on this machine. */
export function make<C extends Capability>(
  { capability, input }: { capability: C; input: Capabilities[C]["input"] },
  context: BeginContext,
): Promise<Outputs> {
  return MAKERS[capability](input, context);
}

/** No capability without its draft. */
const MAKERS: {
  [C in Capability]: (input: Capabilities[C]["input"], context: BeginContext) => Promise<Outputs>;
} = { generateImage: generate, animateImage: animate, analyseImage: analyse };

async function generate(input: GenerateImage, { signal }: BeginContext): Promise<Outputs> {
  const seed = input.seed ?? seedFrom(input.prompt) >>> 1;
  const files: Outputs["files"] = [];
  for (let take = 0; take < input.count; take++) {
    signal.throwIfAborted();
    const bytes = await drawPicture(input.prompt, seed + take, input.ratio);
    files.push({ from: "bytes", bytes, mime: "image/png" });
  }
  return { files, seed };
}

async function animate(input: AnimateImage, { workFolder, signal }: BeginContext): Promise<Outputs> {
  const seed = input.seed ?? seedFrom(input.prompt + input.image.sha256) >>> 1;
  const path = join(workFolder, "draft-film.mp4");
  await animatePicture(await input.image.read(), { ...input, seed }, path, signal);
  return { files: [{ from: "path", path, mime: "video/mp4" }], seed };
}

async function analyse(input: AnalyseImage): Promise<Outputs> {
  const picture = await input.image.read();
  const [measures, palette] = await Promise.all([measure(picture), measurePalette(picture)]);
  return { files: [], text: JSON.stringify(describeMeasures(measures, palette)) };
}
