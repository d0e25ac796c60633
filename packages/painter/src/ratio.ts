/** Width and height of a picture of each shape: 1280 pixels on its longer side. */
export const PICTURE_SIZES = {
  "16:9": [1280, 720],
  "9:16": [720, 1280],
  "1:1": [1280, 1280],
  "4:3": [1280, 960],
  "3:4": [960, 1280],
} as const satisfies Record<string, readonly [width: number, height: number]>;

export type Ratio = keyof typeof PICTURE_SIZES;
