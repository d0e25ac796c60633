import type { ImagesResponse } from "openai/resources/images";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Ratio } from "@/lib/jobs/schema";
import type { GenerateImage } from "../capability";
import { paidModel, slugOf, TOKEN_MICROS } from "../models";
import { uploadName } from "../picture-input";
import type { BeginContext, Begun } from "../provider";
import { costOf } from "../quote";
import { callOpenAi } from "./api";

/** Both sides divisible by 16, about a megapixel. */
const SIZES: Record<Ratio, string> = {
  "16:9": "1536x864",
  "9:16": "864x1536",
  "1:1": "1024x1024",
  "4:3": "1344x1008",
  "3:4": "1008x1344",
};
const QUALITY: Record<string, "medium" | "high"> = {
  "gpt-image-2.5-flare": "medium",
  "gpt-image-2.5-sunburst": "high",
};
const MAX_REFERENCES = 16;
/** The finest pictures, four at once, take some minutes. */
const TIMEOUT_SECONDS = 280;

const Answer = z.object({
  data: z.array(z.object({ b64_json: z.string().min(1) })).min(1),
  usage: z
    .object({
      output_tokens: z.number(),
      input_tokens_details: z.object({ text_tokens: z.number(), image_tokens: z.number() }),
    })
    .nullish(),
});
type Answer = z.infer<typeof Answer>;

/** Pictures from a prompt, or from a prompt and reference pictures. The answer itself carries them. */
export async function makePictures(
  model: string,
  input: GenerateImage,
  context: BeginContext,
): Promise<Begun> {
  const { prompt, ratio, count, references } = input;
  if (references.length > MAX_REFERENCES) {
    throw new AppError("bad_input", `OpenAI takes at most ${MAX_REFERENCES} reference pictures.`);
  }
  const slug = slugOf(model);
  const wish = {
    model: slug,
    prompt,
    n: count,
    size: SIZES[ratio],
    quality: QUALITY[slug] ?? "medium",
    output_format: "png",
  } as const;
  const image: File[] = [];
  for (const picture of references) {
    const bytes = new Uint8Array(await picture.read());
    image.push(new File([bytes], uploadName(picture), { type: picture.mime }));
  }
  const call = { signal: context.signal, paid: true, timeoutSeconds: TIMEOUT_SECONDS };
  return callOpenAi(call, async (client) => {
    const answer: ImagesResponse =
      image.length > 0 ? await client.images.edit({ ...wish, image }) : await client.images.generate(wish);
    return toBegun(Answer.parse(answer), model);
  });
}

function toBegun(answer: Answer, model: string): Begun {
  const files = answer.data.map(({ b64_json }) => ({
    from: "bytes" as const,
    bytes: Buffer.from(b64_json, "base64"),
    mime: "image/png",
  }));
  const costMicros = tokenCost(answer, model) ?? costOf(paidModel(model), { count: files.length });
  return { state: "succeeded", outputs: { files, data: null }, costMicros };
}

function tokenCost({ usage }: Answer, model: string): number | undefined {
  const price = TOKEN_MICROS[slugOf(model)];
  if (!usage || !price) return undefined;
  const { text_tokens, image_tokens } = usage.input_tokens_details;
  return Math.ceil(
    text_tokens * price.text + image_tokens * price.image + usage.output_tokens * price.output,
  );
}
