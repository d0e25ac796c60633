import type { Ratio } from "../src";

/** One of each kind of scene. The name is the file's. */
export const GOLDEN: [name: string, prompt: string, seed: number, ratio: Ratio][] = [
  ["coast", "a lighthouse on a rocky coast at sunset", 1, "16:9"],
  ["mountains", "mountains at sunrise, a lake and conifers", 2, "16:9"],
  ["forest", "misty forest with a deer", 3, "4:3"],
  ["snow", "a cabin in a snowy meadow at night", 4, "16:9"],
  ["city", "city skyline at midnight, neon", 5, "16:9"],
  ["street", "neon street in the rain", 6, "9:16"],
  ["room", "two cats sleeping in a living room", 7, "16:9"],
  ["studio", "perfume bottle on marble, luxury", 8, "1:1"],
  ["portrait", "portrait of a woman", 9, "3:4"],
  ["space", "a ringed planet", 10, "16:9"],
  ["underwater", "a coral reef", 11, "16:9"],
  ["abstract", "calm silk in blue and gold", 12, "1:1"],
];
