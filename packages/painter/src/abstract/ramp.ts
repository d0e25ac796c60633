import { hsl, mix, type Rgb } from "../colour";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";

/** Five colours from deep to pale that go together. */
export function chooseRamp(brief: Brief, random: Random, dark: boolean): Rgb[] {
  const hue = brief.hues[0] ?? random.between(0, 360);
  const soft = brief.moods.includes("dreamy") || brief.moods.includes("quiet") ? 0.6 : 1;
  const strength = (brief.monochrome ? 0 : 0.62) * soft;
  const [one, two] = brief.hues;
  const lightness = dark ? [0.05, 0.16, 0.36, 0.56, 0.76] : [0.16, 0.34, 0.52, 0.68, 0.86];
  if (one !== undefined && two !== undefined) {
    // Two colours that were named meet without passing through the hues between them.
    const hues = [one, one, one, two, two];
    return lightness.map((light, at) => hsl(hues[at] ?? one, strength * (at === 2 ? 0.6 : 1.15), light));
  }
  const turn = random.pick([38, -46, 150, 190]);
  return lightness.map((light, at) => hsl(hue + turn * (at / 4), strength * (1 - at * 0.05), light));
}

/** The colour at a share of the way from deep (0) to pale (1). */
export function fromRamp(ramp: Rgb[], at: number): Rgb {
  const scaled = Math.min(ramp.length - 1.001, Math.max(0, at * (ramp.length - 1)));
  const low = Math.floor(scaled);
  return mix(ramp[low] as Rgb, ramp[low + 1] as Rgb, scaled - low);
}
