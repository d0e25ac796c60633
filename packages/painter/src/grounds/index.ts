import { hex, smooth } from "../colour";
import { FIGURES, SHOT_SCALE } from "../figures";
import { createNoise } from "../noise";
import { PRODUCT_SIZE } from "../product-outdoors";
import { findOutdoorProduct } from "../props";
import { createRandom } from "../random";
import type { Brief } from "../read-prompt";
import { clouds } from "./clouds";
import { canyon, desert } from "./drylands";
import { type Land, type Maker, writeOver } from "./land";
import { forest, meadow } from "./meadows";
import { lake, mountain, volcano } from "./mountains";
import { arctic, coast, sea } from "./shores";

export type { Land } from "./land";

const MAKERS: Partial<Record<Brief["setting"], Maker>> = {
  ...{ mountain, lake, desert, canyon, arctic, meadow, forest, coast, sea, volcano, clouds },
};

const ASPHALT = hex("#4a4a4e");
const PAINT = hex("#e8e2d2");

/** The land of a setting; unknown ones are mountains. */
export function makeLand(brief: Brief, focal: number, frameHeight: number): Land {
  const noise = createNoise(brief.seed ^ 0x1a4d);
  const random = createRandom(brief.seed ^ 0x70b0);
  const maker = MAKERS[brief.setting] ?? mountain;
  const land = maker(brief, noise, random);
  const raised = { high: 2.6, low: 0.55, wide: 1, close: 0.8 }[brief.shot];
  const horizon = land.horizon + { high: -0.14, low: 0.13, wide: 0, close: 0.04 }[brief.shot];
  const framed: Land = {
    ...land,
    cameraAbove: land.cameraAbove * raised,
    horizon: Math.min(0.76, Math.max(0.24, horizon)),
  };
  const metres = subjectMetres(brief);
  return metres === undefined
    ? framed
    : overlook(
        framed,
        metres.metres / (metres.share * frameHeight),
        focal,
        frameHeight,
        brief.has("road", "highway", "route"),
      );
}

/** Size of the first subject that stands on land. */
function subjectMetres(brief: Brief): { metres: number; share: number } | undefined {
  for (const subject of brief.subjects) {
    const figure = FIGURES[subject]?.(createRandom(1), brief.has);
    if (figure?.stands === "land")
      return { metres: figure.metres, share: figure.share * SHOT_SCALE[brief.shot] };
  }
  return findOutdoorProduct(brief) && PRODUCT_SIZE;
}

/**
 * Gives a subject a place to stand that overlooks the land: level ground where it will be, with the camera low enough
 * that its feet are in the frame. `perPixel` is metres per pixel at the subject.
 */
function overlook(land: Land, perPixel: number, focal: number, frameHeight: number, hasRoad: boolean): Land {
  const far = perPixel * focal;
  const above = ((0.87 - land.horizon) * frameHeight * far) / focal;
  const shore = land.waterLevel;
  const level =
    shore === null
      ? Math.max(
          ...[0.4, 1, 2, 4].map((times) => land.height(0, far * times, 4)),
          ...[300, 700, 1300].map((z) => land.height(0, z, 4) - z * 0.012),
        )
      : shore + 1.6 + far * 0.03;
  const reach = shore === null ? 5 : 1.9;
  const floor = (x: number, z: number, octaves: number) => land.height(x, z, octaves);
  return {
    ...land,
    // Houses and towers are seen from as high as they need; people and animals never from above them.
    cameraAbove: far > 30 ? above : Math.min(land.cameraAbove, above),
    clearTo: far * (land.trees.share >= 1 ? 1.3 : 2.6),
    height(x, z, octaves) {
      const open = Math.max(smooth(1.15, reach, z / far), smooth(0.7, 2.4, Math.abs(x) / far - 0.3));
      const own = floor(x, z, octaves);
      return level - 0.3 + (own - level) * open + (open < 1 ? (own - floor(x, z, 4)) * (1 - open) : 0);
    },
    albedo(x, z, h, up, out) {
      land.albedo(x, z, h, up, out);
      if (hasRoad) layRoad(x, z / far, out);
    },
  };
}

/** Asphalt across the frame under a subject's feet, with lines along its edges and dashes down its middle. */
function layRoad(x: number, near: number, out: Float32Array): void {
  const across = (near - 0.99) / 0.15;
  if (Math.abs(across) > 1) return;
  writeOver(out, ASPHALT, smooth(1, 0.94, Math.abs(across)));
  const dash = x / 7 - Math.floor(x / 7) < 0.5 ? smooth(0.07, 0.05, Math.abs(across - 0.5)) : 0;
  const edge = smooth(0.05, 0.03, Math.abs(Math.abs(across) - 0.88));
  writeOver(out, PAINT, Math.max(dash, edge) * 0.85);
}
