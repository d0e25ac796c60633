import type { Canvas, View } from "./canvas";
import type { Figure } from "./figures";
import type { Land } from "./grounds";
import type { Light } from "./light";
import { clearness } from "./plant";
import type { Random } from "./random";
import { darken, placeSprite, type Sprite } from "./sprite";

/** A painted landscape on which things can be stood. `water` marks the pixels of still water. */
export type Stage = {
  canvas: Canvas;
  view: View;
  light: Light;
  land: Land;
  cameraY: number;
  water: Uint8Array;
};

export type Size = { metres: number; share: number; stands: Figure["stands"] };

/** Stands a sprite near a share of the width: on ground or water that the camera sees, or in the air. */
export function stand(
  stage: Stage,
  sprite: Sprite,
  size: Size,
  at: number,
  random: Random,
  tint: readonly [number, number, number] = [1, 1, 1],
): void {
  const { canvas, view, light, land } = stage;
  const flip = random.chance(0.5);
  const long = Math.max(view.height, view.width * 0.6);
  const tall = Math.min(
    size.share * long,
    view.height * 0.8,
    (view.width * 0.7 * sprite.height) / sprite.width,
  );
  const far = (size.metres * view.focal) / tall;
  if (size.stands === "air") {
    const footY = Math.max(view.horizonY * random.between(0.62, 0.9), tall + view.height * 0.04);
    const wide = (tall * sprite.width) / sprite.height;
    const clear = Math.exp((-far / 1000) * light.hazePerKm);
    placeSprite(
      canvas,
      view,
      light,
      sprite,
      {
        footX: Math.min(
          view.width * 0.97 - wide / 2,
          Math.max(view.width * 0.03 + wide / 2, at * view.width),
        ),
        footY,
        tall,
        far,
        tint,
        clear,
        flip,
      },
      null,
    );
    return;
  }
  const spot = findSpot(stage, size, at, far, tall);
  if (!spot) return;
  const scale = (size.metres * view.focal) / spot.far;
  const clear = clearness(light, land, spot.far, spot.height);
  const half = ((scale * sprite.width) / sprite.height) * 0.5;
  if (size.stands === "land") darken(canvas, spot.x, spot.y, half * 1.25, Math.max(2, half * 0.16), 0.55);
  placeSprite(
    canvas,
    view,
    light,
    sprite,
    {
      footX: spot.x,
      footY: spot.y + Math.min(3, scale * 0.012),
      tall: scale,
      far: spot.far * 0.985,
      tint,
      clear,
      flip,
    },
    stage.water,
  );
}

type Spot = { x: number; y: number; far: number; height: number };

/** Looks near the wished place and size for ground (or water) that the camera really sees. */
function findSpot(stage: Stage, size: Size, at: number, far: number, tall: number): Spot | undefined {
  const { canvas, view, land, cameraY, water } = stage;
  let best: (Spot & { score: number }) | undefined;
  for (let turn = 0; turn < 41; turn++) {
    const x = (at + ((turn % 2 ? 1 : -1) * Math.ceil(turn / 2)) / 52) * view.width;
    if (x < view.width * 0.07 || x > view.width * 0.93) continue;
    for (let step = -8; step <= 9; step++) {
      const z = far * 1.13 ** step;
      const wanted = size.stands === "water";
      const ground = land.height(((x - view.centreX) / view.focal) * z, z, 8);
      const level = Math.max(ground, land.waterLevel ?? -1e9);
      const y = view.horizonY + ((cameraY - level) / z) * view.focal;
      if (y < 4 || y > view.height * 0.955 || y - (tall * far) / z < view.height * 0.02) continue;
      const pixel = Math.floor(y) * view.width + Math.floor(x);
      const seen = canvas.depth[pixel] as number;
      const isWater = water[pixel] === 1;
      if (land.waterLevel !== null && isWater !== wanted) continue;
      if (Math.abs(seen / z - 1) > 0.22) continue;
      const score =
        Math.abs(x / view.width - at) * 3 + Math.abs(step) * 0.3 + Math.abs(y / view.height - 0.8) * 0.5;
      if (!best || score < best.score) best = { x, y, far: z, height: level, score };
    }
  }
  return best;
}
