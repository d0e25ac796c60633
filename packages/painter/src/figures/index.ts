import type { Subject } from "../vocabulary";
import { aircraft } from "./aircraft";
import { beasts } from "./beasts";
import { buildings } from "./buildings";
import type { Draw } from "./figure";
import { people } from "./people";
import { swarms } from "./swarms";
import { vehicles } from "./vehicles";

export { type Figure, SHOT_SCALE } from "./figure";

/** How each subject is drawn; those without a figure are grown (trees) or part of the land. */
export const FIGURES: Partial<Record<Subject, Draw>> = {
  ...{ ...people, ...beasts, ...swarms, ...vehicles, ...aircraft, ...buildings },
};
