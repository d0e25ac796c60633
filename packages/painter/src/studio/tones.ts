import { hex, hsl, type Rgb } from "../colour";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";

/** Colours of a set; a dark one is lit by its rim. */
export type Palette = { back: Rgb; floor: Rgb; accent: Rgb; second: Rgb; dark: boolean };

/** Chooses the colours of a set by the words and moods of a prompt. */
export function chooseTones(brief: Brief, random: Random, portrait: boolean): Palette {
  const dark =
    brief.moods.includes("dark") ||
    brief.moods.includes("neon") ||
    brief.time === "night" ||
    brief.has("dark", "black", "luxury") ||
    (portrait && random.chance(0.6));
  const neon = brief.moods.includes("neon");
  const hue =
    brief.hues[0] ?? (neon ? random.pick([285, 300, 250]) : random.pick([26, 14, 150, 205, 340, 44, 265]));
  const second =
    brief.hues[1] ?? (neon ? random.pick([190, 325]) : undefined) ?? hue + random.pick([150, 180, 40, -50]);
  if (dark) {
    return {
      back: hsl(hue, 0.5, 0.26),
      floor: hsl(hue, 0.42, 0.2),
      accent: hsl(second, 0.75, 0.52),
      second: hsl(hue, 0.6, 0.5),
      dark: true,
    };
  }
  const soft = brief.moods.includes("dreamy") || brief.moods.includes("quiet");
  const strength = soft ? 0.28 : 0.44;
  return {
    back: hsl(hue, strength, soft ? 0.82 : 0.7),
    floor: hsl(hue, strength * 0.9, soft ? 0.8 : 0.66),
    accent: brief.has("white") ? hex("#f2efe9") : hsl(brief.hues[0] ?? second, 0.62, 0.46),
    second: hsl(second + 20, 0.5, 0.6),
    dark: false,
  };
}
