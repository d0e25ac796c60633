import type { Canvas, View } from "../canvas";
import { cutOut } from "../cut-out";
import { FIGURES, type Figure } from "../figures";
import { createRandom, type Random } from "../random";
import { standInStreet } from "./cast-street";
import type { Town } from "./town";

type Cloth = readonly [ground: string, stripe: string];

const CLOTHS: readonly [Cloth, ...Cloth[]] = [
  ["#b8322a", "#efe2c6"],
  ["#1f6a78", "#efe2c6"],
  ["#d9952a", "#7a2a1e"],
  ["#7a3a78", "#e8c88a"],
];
const GOODS = ["#d98a1e", "#b8281e", "#e0b83a", "#5a7a2a", "#8a3a1a", "#c85a2a", "#6a2a5a"] as const;

/** Stalls under awnings along both sides of a lane, and people between them, far ones first. */
export function layOutMarket(canvas: Canvas, view: View, town: Town): void {
  const random = createRandom(town.seed ^ 0x3a5e);
  const stalls = Array.from({ length: 5 }, () => cutOut(drawStall(random)));
  const crowd = ["robe", "red", "dress", "hat", "yellow"].flatMap((wears) => {
    const figure = FIGURES.person?.(random, (...words) => words.includes(wears));
    return figure ? [cutOut(figure)] : [];
  });
  let turn = 0;
  for (let z = 46; z > 6.5; z -= 2.6) {
    for (const side of [-1, 1]) {
      const stall = stalls[turn++ % stalls.length];
      const x = side * (3.7 + random.between(-0.2, 0.3));
      if (stall) standInStreet(canvas, view, town, stall, { x, z, metres: 2.7, flip: side > 0 });
    }
    const person = crowd[Math.floor(random.next() * crowd.length)];
    const place = { x: random.between(-2.2, 2.2), z: z - 1.2, metres: 1.75, flip: random.chance(0.5) };
    if (person && z > 9) standInStreet(canvas, view, town, person, place);
  }
}

/** A stall of three metres: a striped awning on poles over heaps of spice and fruit. */
function drawStall(random: Random): Figure {
  const [cloth, stripe] = random.pick(CLOTHS);
  const stripes = Array.from({ length: 8 }, (_, i) => {
    const [a, b] = [14 + i * 11.5, 4 + i * 14];
    return `<path d="M${a} 8 h11.5 L${b + 14} 34 q-7 7 -14 0Z" fill="${i % 2 ? cloth : stripe}"/>`;
  });
  const heaps = Array.from({ length: 6 }, (_, i) => {
    const x = 10 + i * 17;
    return `<path d="M${x} 74 Q${x + 8} ${random.between(52, 62)} ${x + 16} 74Z" fill="${random.pick(GOODS)}"/>`;
  });
  const wares = Array.from(
    { length: 5 },
    (_, i) =>
      `<path d="M${20 + i * 19} 38 v${random.between(8, 18)}" stroke="${random.pick(GOODS)}" stroke-width="6"/>`,
  );
  return {
    ...{ width: 120, height: 104, metres: 2.7, share: 0.3, stands: "land" },
    svg: `<g stroke-linecap="round"><rect x="8" y="30" width="104" height="46" fill="#2c1a12"/>
      <path d="M9 30V103M111 30V103" stroke="#5a3a22" stroke-width="3.4"/>${wares.join("")}${heaps.join("")}
      <path d="M6 74H114L110 102H10Z" fill="#7a4e2e"/><path d="M8 82H112M9 92H111" stroke="#5a3820" stroke-width="1.6"/>${stripes.join("")}</g>`,
  };
}
