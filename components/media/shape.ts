import { cutText } from "@/lib/text";

/** Width over height of a picture or video; 16:9 until it is known. */
export function shapeOf(media: { width: number | null; height: number | null }): number {
  return media.width && media.height ? media.width / media.height : 16 / 9;
}

/** A ratio as written on its pill, such as `9:16`, as a number. */
export function shapeOfRatio(ratio: string): number {
  const [width, height] = ratio.split(":").map(Number);
  return width && height ? width / height : 16 / 9;
}

/** What a picture is called when it is read aloud. */
export function describe(media: {
  description: string | null;
  prompt: string | null;
  filename: string;
}): string {
  const text = media.description ?? media.prompt ?? media.filename;
  return cutText(text, 160, "…");
}
