import sharp from "sharp";
import { paintAbstract } from "./abstract";
import { type Canvas, createCanvas } from "./canvas";
import { paintCity } from "./city";
import { paintFalling } from "./falling";
import { grade } from "./grade";
import { paintLandscape } from "./landscape";
import { PICTURE_SIZES, type Ratio } from "./ratio";
import { type Brief, readPrompt } from "./read-prompt";
import { writeRecipe } from "./recipe";
import { paintRoom } from "./room";
import { drawSvg, slateSvg } from "./slate";
import { paintSpaceScene } from "./space-scene";
import { paintStudio } from "./studio";

/** A finished picture without its slate: 8-bit RGB, and how far away each pixel is in metres (Infinity is sky). */
export type Painting = { width: number; height: number; rgb: Buffer; depth: Float32Array; brief: Brief };

/**
 * Paints a prompt. The same prompt, seed and ratio give the same bytes. About 1–3 s of one core. `falling` is rain and
 * snow in the air: a film leaves it out and moves its own.
 */
export function paintPicture(
  prompt: string,
  seed: number,
  ratio: Ratio,
  { falling = true }: { falling?: boolean } = {},
): Painting {
  const [width, height] = PICTURE_SIZES[ratio];
  const brief = readPrompt(prompt, seed);
  const canvas = createCanvas(width, height);
  const exposure = paintScene(canvas, brief);
  if (falling) paintFalling(canvas, brief);
  const rgb = grade(canvas, brief, exposure);
  return { width, height, rgb, depth: canvas.depth, brief };
}

/** Draws a prompt as a PNG with a slate, 1280 pixels on its longer side. It carries its recipe for the camera. */
export async function drawPicture(prompt: string, seed: number, ratio: Ratio): Promise<Buffer> {
  const { width, height, rgb } = paintPicture(prompt, seed, ratio);
  const slate = drawSvg(slateSvg(width, height, prompt.trim()));
  return sharp(rgb, { raw: { width, height, channels: 3 } })
    .composite([{ input: slate.rgba, raw: { width, height, channels: 4 } }])
    .removeAlpha()
    .withExif({ IFD0: { ImageDescription: writeRecipe({ prompt, seed, ratio }) } })
    .png({ compressionLevel: 6 })
    .toBuffer();
}

/** Paints the scene of a brief and returns its exposure. */
function paintScene(canvas: Canvas, brief: Brief): number {
  switch (brief.setting) {
    case "city":
    case "street":
      return paintCity(canvas, brief).exposure;
    case "studio":
    case "portrait":
      return paintStudio(canvas, brief);
    case "room":
      return paintRoom(canvas, brief);
    case "abstract":
      return paintAbstract(canvas, brief);
    case "space":
    case "underwater":
      return paintSpaceScene(canvas, brief);
    default:
      return paintLandscape(canvas, brief).exposure;
  }
}
