import type { Brief } from "./read-prompt";

/** How a picture is printed: colour and tone after the light is done. */
export type Look = {
  /** 1 is as it is. */
  saturation: number;
  contrast: number;
  /** Added to red, green and blue where it is dark, and where it is bright. */
  shadows: readonly number[];
  highlights: readonly number[];
  /** Light lost in the corners, 0–1. */
  vignette: number;
  grain: number;
};

const STANDARD: Look = {
  ...{ saturation: 1.06, contrast: 1.06, vignette: 0.42, grain: 0.011 },
  shadows: [-0.006, 0.002, 0.014],
  highlights: [0.014, 0.004, -0.014],
};

export function chooseLook(brief: Brief): Look {
  if (brief.monochrome)
    return { ...STANDARD, saturation: 0, contrast: 1.22, grain: 0.02, shadows: [0, 0, 0] };
  switch (brief.moods[0]) {
    case "vivid":
      return { ...STANDARD, saturation: 1.3, contrast: 1.1 };
    case "neon":
      return { ...STANDARD, saturation: 1.25, contrast: 1.14, shadows: [0.01, -0.004, 0.03] };
    case "dark":
      return { ...STANDARD, saturation: 0.86, contrast: 1.16, vignette: 0.6 };
    case "dreamy":
      return { ...STANDARD, contrast: 0.94, shadows: [0.035, 0.022, 0.045], grain: 0.008 };
    case "cold":
      return { ...STANDARD, saturation: 0.86, highlights: [-0.008, 0.002, 0.012] };
    case "warm":
      return { ...STANDARD, highlights: [0.03, 0.012, -0.028], shadows: [0.014, 0.004, -0.004] };
    case "quiet":
      return { ...STANDARD, saturation: 0.82, contrast: 0.98, shadows: [0.02, 0.02, 0.024] };
    default:
      return STANDARD;
  }
}
