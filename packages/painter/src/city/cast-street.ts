import type { Canvas, View } from "../canvas";
import { cutOut } from "../cut-out";
import { FIGURES, SHOT_SCALE } from "../figures";
import { createRandom } from "../random";
import type { Brief } from "../read-prompt";
import { darken, placeSprite, type Sprite } from "../sprite";
import type { Town } from "./town";

/** Puts the subjects of a brief that stand on land into a street: the first one large, where its feet are in the frame. */
export function castStreet(canvas: Canvas, view: View, town: Town, brief: Brief): void {
  const random = createRandom(brief.seed ^ 0x57ca);
  const places = random.chance(0.5) ? [-0.12, 0.2, -0.3] : [0.12, -0.2, 0.3];
  brief.subjects.slice(0, 3).forEach((subject, rank) => {
    const figure = FIGURES[subject]?.(random, brief.has);
    if (figure?.stands !== "land" || figure.metres > 4) return;
    const share = Math.max(0.3, figure.share) * SHOT_SCALE[brief.shot] * (rank === 0 ? 1.25 : 0.9);
    const wished = (figure.metres * view.focal) / (Math.min(0.72, share) * view.height);
    const nearest = (town.cameraY * view.focal) / (view.height * 0.95 - view.horizonY);
    const z = Math.max(wished, nearest);
    const x = (places[rank] ?? 0) * view.width * (z / view.focal);
    standInStreet(canvas, view, town, cutOut(figure), {
      x,
      z,
      metres: figure.metres,
      flip: random.chance(0.5),
    });
  });
}

/** Stands a sprite so many metres tall on the street, at metres across and ahead. */
export function standInStreet(
  canvas: Canvas,
  view: View,
  town: Town,
  sprite: Sprite,
  { x, z, metres, flip }: { x: number; z: number; metres: number; flip: boolean },
): void {
  const footX = view.centreX + (x / z) * view.focal;
  const footY = view.horizonY + (town.cameraY / z) * view.focal;
  const tall = (metres / z) * view.focal;
  const half = (tall * sprite.width) / sprite.height / 2;
  darken(canvas, footX, footY, half * 1.2, Math.max(2, half * 0.2), 0.5);
  const clear = Math.exp((-z / 1000) * (town.light.hazePerKm + 0.11));
  const stand = { footX, footY, tall, far: z, tint: [1, 1, 1] as const, clear, flip };
  placeSprite(canvas, view, town.light, sprite, stand, null);
}
