/** Paints a sentence as a film still: procedural, offline, the same for the same seed. */
export { drawPicture, type Painting, paintPicture } from "./draw-picture";
export { createRandom, type Random, seedFrom } from "./random";
export type { Ratio } from "./ratio";
export type { Brief } from "./read-prompt";
export { type Recipe, readRecipe } from "./recipe";
export { drawSvg, fontFiles, markSvg } from "./slate";
