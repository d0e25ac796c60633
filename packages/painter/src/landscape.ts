import type { Canvas, View } from "./canvas";
import { castSubjects } from "./cast";
import { hex, mix } from "./colour";
import { addGroundDetail } from "./ground-detail";
import { makeLand } from "./grounds";
import { chooseLight, type Light } from "./light";
import { createNoise } from "./noise";
import { plantTrees } from "./plant";
import { standProduct } from "./product-outdoors";
import type { Brief } from "./read-prompt";
import { paintSky } from "./sky";
import { paintTerrain } from "./terrain";
import { paintWater } from "./water";

/** Paints an outdoor scene and returns its light. */
export function paintLandscape(canvas: Canvas, brief: Brief): Light {
  const { width, height } = canvas;
  const light = chooseLight(brief);
  const focal = Math.max(width, height) * (brief.shot === "wide" ? 0.82 : brief.shot === "close" ? 1.25 : 1);
  const land = makeLand(brief, focal, Math.max(height, width * 0.6));
  const view: View = {
    ...{ width, height, centreX: width / 2, horizonY: height * land.horizon },
    focal,
  };
  const noise = createNoise(brief.seed ^ 0x3a7e);
  paintSky(canvas, view, light, brief.seed, brief.aurora);
  const standing = Math.max(land.height(0, land.near, 5), land.height(0, 60, 5), land.waterLevel ?? -1e9);
  const cameraY = standing + land.cameraAbove;
  const water = paintTerrain(canvas, view, light, land, cameraY);
  addGroundDetail(canvas, view, noise, land.grain, cameraY - standing, water);
  plantTrees(canvas, view, light, land, brief, noise, cameraY, water);
  const stage = { canvas, view, light, land, cameraY, water };
  castSubjects(stage, brief);
  standProduct(stage, brief);
  if (land.waterLevel !== null) {
    const rough = brief.weather === "storm" ? 1 : land.waterKind === "sea" ? 0.5 : 0.12;
    const deep = mix(hex("#0c3444"), hex("#1d5a5e"), land.waterKind === "sea" ? 0.4 : 0.1);
    paintWater(
      canvas,
      view,
      light,
      noise,
      {
        ...{ cameraAbove: cameraY - land.waterLevel, roughness: rough, deep },
        wavelength: land.waterKind === "sea" ? (brief.weather === "storm" ? 26 : 9) : 3,
        foam: land.waterKind === "sea" ? (brief.weather === "storm" ? 1 : 0.35) : 0,
      },
      water,
    );
  }
  return light;
}
