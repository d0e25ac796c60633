import { z } from "zod";
import { AppError } from "@/lib/errors";
import { cleanExcerpt } from "@/lib/text";

export type ImageAnalysis = {
  description: string;
  /** 3–12 lower-case words. */
  tags: string[];
  /** 3–6 colours as #rrggbb, most present first. */
  palette: string[];
  suggestedMotion: string;
};

const MOST_TAGS = 12;
const MOST_COLOURS = 6;
/** Of a list: what is odd in it is left out, the rest counts. */
const MOST_READ = 100;
const LONGEST_TEXT = 4000;
const LONGEST_TAG = 60;
const HEX_COLOUR = /^#[0-9a-f]{6}$/;

const words = z.array(z.unknown()).catch([]);
const Written = z.object({
  description: z.string(),
  tags: words,
  palette: words,
  suggestedMotion: z.string().catch(""),
});

/**
 * What a model wrote about a picture, as data. Only the description is needed; whatever else is missing or odd is
 * left out, for it has been paid for. Throws `provider_answer` when there is no description to be found.
 */
export function readAnalysis(text: string): ImageAnalysis {
  const read = Written.safeParse(parseJson(text));
  const description = read.success ? cleanExcerpt(read.data.description, LONGEST_TEXT) : "";
  if (!read.success || !description) throw unreadableAnalysis(read.error);
  const { tags, palette, suggestedMotion } = read.data;
  return {
    description,
    tags: strings(tags, LONGEST_TAG).slice(0, MOST_TAGS),
    palette: strings(palette, LONGEST_TAG)
      .filter((colour) => HEX_COLOUR.test(colour))
      .slice(0, MOST_COLOURS),
    suggestedMotion: cleanExcerpt(suggestedMotion, LONGEST_TEXT),
  };
}

/** Models like to fence their JSON, or to say something before it. */
function parseJson(text: string): unknown {
  const [from, to] = [text.indexOf("{"), text.lastIndexOf("}")];
  try {
    return JSON.parse(text.slice(Math.max(0, from), to + 1));
  } catch {
    return undefined;
  }
}

function strings(values: unknown[], longest: number): string[] {
  const cleaned = values
    .slice(0, MOST_READ)
    .flatMap((value) => (typeof value === "string" ? cleanExcerpt(value, longest) : []));
  return [...new Set(cleaned.map((value) => value.toLowerCase()).filter((value) => value.length > 0))];
}

function unreadableAnalysis(cause: unknown): AppError {
  return new AppError("provider_answer", "The model's answer about the picture is not readable.", {
    retry: "never",
    action: "It is paid for and kept. Press “New take” to ask again, at the price of one more reading.",
    cause,
  });
}
