import type { Canvas } from "./canvas";
import { cutOut } from "./cut-out";
import { FIGURES } from "./figures";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";
import { paintSpace } from "./space";
import { placeSprite } from "./sprite";
import { paintUnderwater } from "./underwater";

/** Paints space or the deep sea with the subjects that float in it, and returns its exposure. */
export function paintSpaceScene(canvas: Canvas, brief: Brief): number {
  const { light, view } =
    brief.setting === "space" ? paintSpace(canvas, brief) : paintUnderwater(canvas, brief);
  const random = createRandom(brief.seed ^ 0xf10a);
  const swims = brief.setting === "underwater";
  const floating = brief.subjects.filter((subject) => FIGURES[subject] && subject !== "bird");
  const subjects = swims && floating.length === 0 ? (["fish"] as const) : floating;
  const places = random.chance(0.5) ? [0.36, 0.7] : [0.64, 0.3];
  subjects.slice(0, 2).forEach((subject, rank) => {
    const draw = FIGURES[subject];
    if (!draw) return;
    const figure = draw(random, brief.has);
    const share = (brief.shot === "close" ? 1.4 : 1) * (swims ? 0.8 : 1);
    const aspect = figure.width / figure.height;
    const wished = figure.share * share * Math.max(view.height, view.width * 0.6);
    const tall = Math.min(wished, view.height * 0.7, (view.width * 0.66) / aspect);
    const half = (tall * aspect) / view.width / 2 + 0.03;
    const place = Math.min(1 - half, Math.max(half, places[rank] ?? 0.5));
    const footY = view.height * random.between(0.56, 0.72);
    const stand = {
      footX: place * view.width,
      footY,
      tall,
      far: 8 + rank * 6,
      tint: [1, 1, 1] as const,
    };
    placeSprite(
      canvas,
      view,
      light,
      cutOut(figure),
      { ...stand, clear: swims ? 0.72 : 1, flip: random.chance(0.5) },
      null,
    );
  });
  return light.exposure;
}
