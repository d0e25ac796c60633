import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { Ratio } from "@/lib/jobs/schema";
import { billOf } from "../bill";
import type { GenerateImage } from "../capability";
import { failure } from "../failures";
import { modelOf, slugOf } from "../models";
import { uploadName } from "../picture-input";
import type { BeginContext, Begun, OrderSize, Send } from "../provider";
import { costOf } from "../quote";
import { orderFromOpenAi } from "./api";
import { OPENAI } from "./declaration";
import { TOKEN_MICROS } from "./models";

/** Both sides divisible by 16, about a megapixel. */
const SIZES: Record<Ratio, string> = {
  "16:9": "1536x864",
  "9:16": "864x1536",
  "1:1": "1024x1024",
  "4:3": "1344x1008",
  "3:4": "1008x1344",
};
const QUALITY: Record<string, "medium" | "high"> = {
  "gpt-image-2.6-flare": "medium",
  "gpt-image-2.6-sunburst": "high",
  "gpt-image-2.5-flare": "medium",
  "gpt-image-2.5-sunburst": "high",
};
const MAX_REFERENCES = 16;
/** The finest pictures, four at once, take some minutes. */
const TIMEOUT_SECONDS = 280;

/** Read field by field: what was paid for is taken, whatever is odd beside it. */
const Answer = z.object({ data: z.array(z.unknown()).catch([]), usage: z.unknown().optional() });
const Made = z.object({ b64_json: z.string().min(1) });
const Usage = z.object({
  output_tokens: z.number(),
  input_tokens_details: z.object({ text_tokens: z.number(), image_tokens: z.number() }),
});

/** Pictures from a prompt, or from a prompt and reference pictures. The answer itself carries them. */
export async function preparePictures(
  model: string,
  input: GenerateImage,
  context: BeginContext,
): Promise<Send> {
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
  const call = { model, signal: context.signal, timeoutSeconds: TIMEOUT_SECONDS };
  return orderFromOpenAi(call, async (client) => {
    const answer: unknown =
      image.length > 0 ? await client.images.edit({ ...wish, image }) : await client.images.generate(wish);
    return toBegun(Answer.parse(answer), model, { count, references: image.length });
  });
}

function toBegun(
  answer: z.infer<typeof Answer>,
  model: string,
  ordered: Required<Pick<OrderSize, "count" | "references">>,
): Begun {
  const files = answer.data.flatMap((one) => {
    const made = Made.safeParse(one);
    if (!made.success) return [];
    return { from: "bytes" as const, bytes: Buffer.from(made.data.b64_json, "base64"), mime: "image/png" };
  });
  const estimate = costOf(modelOf(OPENAI, model), { ...ordered, count: Math.max(files.length, 1) });
  const costMicros = billOf(tokenCost(answer.usage, model), estimate);
  if (files.length === 0) return { state: "failed", error: withoutPicture(), costMicros };
  return {
    state: "succeeded",
    outputs: { files, missing: Math.max(0, ordered.count - files.length) },
    costMicros,
  };
}

function tokenCost(usage: unknown, model: string): number | undefined {
  const price = TOKEN_MICROS[slugOf(model)];
  const read = Usage.safeParse(usage);
  if (!read.success || !price) return undefined;
  const { text_tokens, image_tokens } = read.data.input_tokens_details;
  return text_tokens * price.text + image_tokens * price.image + read.data.output_tokens * price.output;
}

function withoutPicture(): AppError {
  return failure(OPENAI, "provider_failed", "OpenAI answered without a picture, and bills it all the same.", {
    action: "Press Retry to order it again, or choose another model.",
  });
}
