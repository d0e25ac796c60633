import { cutOut } from "./cut-out";
import { FIGURES, SHOT_SCALE } from "./figures";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";
import { type Stage, stand } from "./stage";
import { growTrees } from "./trees";

/** Puts the subjects of a brief into a landscape: the first one large at a third, the others beside it. */
export function castSubjects(stage: Stage, brief: Brief): void {
  const random = createRandom(brief.seed ^ 0xca57);
  const places = random.chance(0.5) ? [0.34, 0.68, 0.18] : [0.66, 0.32, 0.82];
  brief.subjects.slice(0, 3).forEach((subject, rank) => {
    const share = SHOT_SCALE[brief.shot] * (rank === 0 ? 1 : 0.8);
    const at = (places[rank] ?? 0.5) + random.between(-0.04, 0.04);
    if (subject === "tree" || subject === "palm") {
      const kind = subject === "palm" ? "palm" : "broadleaf";
      const [sprite] = growTrees(kind, brief.seed + rank, 1);
      if (sprite)
        stand(stage, sprite, { metres: 11, share: 0.5 * share, stands: "land" }, at, random, leafTint(brief));
      return;
    }
    const draw = FIGURES[subject];
    if (!draw) return;
    const figure = draw(random, brief.has);
    const sprite = cutOut(figure);
    const crowd =
      subject === "balloon"
        ? 4
        : subject === "bird"
          ? 2
          : brief.has(`${subject}s`) && subject !== "person"
            ? 3
            : 1;
    for (let i = crowd - 1; i >= 0; i--) {
      const smaller = i === 0 ? 1 : random.between(0.3, 0.6);
      const place = i === 0 ? at : random.between(0.1, 0.9);
      stand(
        stage,
        i === 0 ? sprite : cutOut(draw(random, brief.has)),
        { ...figure, share: figure.share * share * smaller },
        place,
        random,
      );
    }
  });
}

function leafTint(brief: Brief): readonly [number, number, number] {
  if (brief.has("cherry", "sakura", "blossom")) return [0.8, 0.38, 0.46];
  if (brief.has("autumn", "fall", "herbst")) return [0.5, 0.16, 0.02];
  return brief.weather === "snow" ? [0.5, 0.52, 0.56] : [0.075, 0.11, 0.022];
}
