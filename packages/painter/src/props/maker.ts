import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Solid } from "../solids";
import type { Palette } from "../studio/tones";

export type At = readonly [number, number, number];

/** Makes a thing that stands around x = z = 0 on y = 0. Sizes are about twice those of life. */
export type Maker = (brief: Brief, random: Random, tones: Palette) => Solid[];
