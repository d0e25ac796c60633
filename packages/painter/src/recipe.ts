import { z } from "zod";
import { PICTURE_SIZES, type Ratio } from "./ratio";

/** What a draft picture was drawn from. With it the camera can have the scene again, without slate and with its depth. */
export type Recipe = { prompt: string; seed: number; ratio: Ratio };

const MARK = "kinora-draft-1:";
const Stored = z.object({
  prompt: z.string().max(8000),
  seed: z.int().min(0),
  ratio: z.enum(Object.keys(PICTURE_SIZES) as Ratio[]),
});

/** The recipe as ASCII text for a picture's metadata. */
export function writeRecipe(recipe: Recipe): string {
  return `${MARK}${Buffer.from(JSON.stringify(recipe)).toString("base64url")};`;
}

/** Finds a recipe in a picture's EXIF bytes; undefined for any other picture. */
export function readRecipe(exif: Buffer | undefined): Recipe | undefined {
  const text = exif?.toString("latin1") ?? "";
  const found = /kinora-draft-1:([\w-]+);/.exec(text)?.[1];
  if (found === undefined) return undefined;
  try {
    const parsed = Stored.safeParse(JSON.parse(Buffer.from(found, "base64url").toString("utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
