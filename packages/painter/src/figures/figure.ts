import type { Random } from "../random";

/**
 * A subject as an SVG cut-out. Its foot is the lower edge. Fills are albedo; yellow `#ff0` is light of its own.
 * `share` is its height as a share of the frame in a wide shot.
 */
export type Figure = {
  svg: string;
  width: number;
  height: number;
  metres: number;
  share: number;
  stands: "land" | "water" | "air";
};

/** How much larger subjects are in each shot. */
export const SHOT_SCALE = { close: 1.8, wide: 0.85, low: 1.3, high: 0.8 } as const;

export const figure = (
  width: number,
  height: number,
  metres: number,
  share: number,
  body: string,
  stands: Figure["stands"] = "land",
): Figure => ({
  ...{ width, height, metres, share, stands },
  svg: `<g stroke-linecap="round" stroke-linejoin="round" fill="none" stroke="none">${body}</g>`,
});

/** Whether a prompt has one of these words. */
export type Has = (...words: string[]) => boolean;

export type Draw = (random: Random, has: Has) => Figure;
