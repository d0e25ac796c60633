/** What can be measured of a picture without recognising anything in it. Positions and shares are 0–1, from the top left. */
export type Measures = {
  width: number;
  height: number;
  /** Mean brightness and its spread, in display values. */
  brightness: number;
  contrast: number;
  /** Mean chroma 0–1, and warm (+) against cool (−). */
  colourfulness: number;
  warmth: number;
  /** Standard deviation of the Laplacian in 8-bit values, at 512 pixels: above 9 crisp, below 4 soft. */
  sharpness: number;
  /** Where the eye goes: the weighted middle of what stands out, and how gathered that is (0 spread – 1 one spot). */
  focus: { x: number; y: number; gathered: number };
  brightest: { x: number; y: number };
  /** A level line that divides the picture, as a share from the top. */
  horizon: number | null;
  /** 1 is a perfect mirror image left to right. */
  symmetry: number;
  /** Share of the picture with hardly any detail, and the side on which most of it is. */
  emptiness: number;
  emptySide: "top" | "bottom" | "left" | "right" | null;
};
