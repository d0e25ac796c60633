import type { Canvas } from "../canvas";
import type { Rgb } from "../colour";
import { createNoise, type Noise } from "../noise";
import { createRandom, type Random } from "../random";
import type { Brief } from "../read-prompt";
import { paintLight } from "./light";
import { paintPaper } from "./paper";
import { chooseRamp } from "./ramp";
import { paintSilk } from "./silk";
import { paintWaves } from "./waves";

type Style = (canvas: Canvas, noise: Noise, random: Random, ramp: Rgb[]) => void;

/** A composition without things, for prompts whose words name none: silk, cut paper or light, in the prompt's own colours. */
export function paintAbstract(canvas: Canvas, brief: Brief): number {
  const random = createRandom(brief.seed ^ 0xab57);
  const noise = createNoise(random.seed());
  const dark = brief.moods.includes("dark") || brief.moods.includes("neon") || brief.time === "night";
  const ramp = chooseRamp(brief, random, dark);
  const styles: [Style, ...Style[]] = dark ? [paintLight, paintSilk] : [paintSilk, paintPaper, paintPaper];
  const style = brief.has("wave", "ribbon", "layers", "hills") ? paintWaves : random.pick(styles);
  style(canvas, noise, random, ramp);
  return 1;
}
