import { type Brief, drawSvg, markSvg, paintPicture, readRecipe } from "@kinora/painter";
import sharp from "sharp";
import type { Ratio } from "@/lib/jobs/schema";
import { openPicture } from "@/lib/media";
import { type Layer, splitLayers } from "./layer";
import { guessNearness } from "./nearness";
import { loadPlate } from "./plate";
import { type Motion, type Overlay, readMotion } from "./read-motion";
import { FILM_SIZES, type Shot, shootFilm } from "./shoot-film";

/** Size of the plate relative to the film: room for moves without losing sharpness. */
const OVERSIZE = 1.5;

export type AnimateRequest = { prompt: string; durationSeconds: number; ratio: Ratio; seed: number };

/**
 * Films a picture with the camera move that the prompt asks for. A picture drawn by this engine is painted again without
 * its slate and filmed in its true depth; of any other one the depth is guessed.
 */
export async function animatePicture(
  picture: Buffer,
  request: AnimateRequest,
  outPath: string,
  signal: AbortSignal,
): Promise<void> {
  const { layers, brief } = await setUp(picture, request.ratio);
  signal.throwIfAborted();
  const motion = addAir(readMotion(request.prompt, request.seed), brief);
  const mark = drawMark(FILM_SIZES[request.ratio][0]);
  const shot: Shot = { ...request, layers, motion, mark };
  await shootFilm(shot, outPath, signal);
}

async function setUp(picture: Buffer, ratio: Ratio): Promise<{ layers: Layer[]; brief?: Brief }> {
  const [width, height] = FILM_SIZES[ratio].map((side) => Math.round((side * OVERSIZE) / 2) * 2) as [
    number,
    number,
  ];
  const { exif } = await (await openPicture(picture)).metadata();
  const recipe = readRecipe(exif);
  if (recipe === undefined) {
    const plate = await loadPlate(await openPicture(picture), width, height, sharp.strategy.attention);
    return { layers: [{ plate, near: guessNearness(plate) }] };
  }
  const painting = paintPicture(recipe.prompt, recipe.seed, recipe.ratio, { falling: false });
  const raw = sharp(painting.rgb, { raw: { width: painting.width, height: painting.height, channels: 3 } });
  const plate = await loadPlate(raw, width, height, "centre");
  return { layers: await splitLayers(plate, painting), brief: painting.brief };
}

/** What floats in the air of a drawn scene, where the prompt for the motion names nothing. */
function addAir(motion: Motion, brief: Brief | undefined): Motion {
  if (motion.overlays.length > 0 || brief === undefined) return motion;
  const { setting, weather, time } = brief;
  const overlays: Overlay[] = [];
  if (weather === "rain" || weather === "storm") overlays.push("rain");
  else if (weather === "snow") overlays.push("snow");
  else if (weather === "fog") overlays.push("mist");
  else if (setting === "volcano" || brief.has("campfire", "tent")) overlays.push("embers");
  else if ((setting === "forest" || setting === "meadow") && time === "night") overlays.push("fireflies");
  else if (["room", "desert", "underwater", "forest", "canyon"].includes(setting)) overlays.push("dust");
  return { ...motion, overlays };
}

function drawMark(filmWidth: number): Shot["mark"] {
  const { width, height, rgba } = drawSvg(markSvg(filmWidth));
  const luma = new Uint8Array(width * height);
  const alpha = new Uint8Array(width * height);
  for (let i = 0; i < alpha.length; i++) {
    alpha[i] = rgba[i * 4 + 3] as number;
    luma[i] = 16 + (219 * (rgba[i * 4] as number)) / 255;
  }
  return { width, height, luma, alpha };
}
