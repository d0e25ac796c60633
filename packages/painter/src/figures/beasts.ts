import type { Subject } from "../vocabulary";
import { type Draw, figure } from "./figure";

import { drawPerson } from "./people";
import { drawQuadruped, ear, gaitOf } from "./quadruped";

export const beasts = {
  cat(random, has) {
    const fur = has("black")
      ? "#1c1b1d"
      : has("white")
        ? "#d8d4cd"
        : random.pick(["#8a5a30", "#55504c", "#2a282a", "#a47242"]);
    return figure(
      72,
      84,
      0.42,
      0.34,
      `<path d="M47 78 C66 80 70 62 62 48 C60 44 63 40 66 41" stroke="${fur}" stroke-width="6.5"/>
      <path d="M31 26 C17 34 12 52 11 66 C10 79 17 83 32 83 C48 83 54 78 53 66 C52 52 45 34 31 26Z" fill="${fur}"/>
      <ellipse cx="31" cy="21" rx="14.5" ry="12.5" fill="${fur}"/><path d="M18 18 L16.5 1 L29 10.5Z M44 18 L45.5 1 L33 10.5Z" fill="${fur}"/>`,
    );
  },
  dog(random, has) {
    const fur = has("black")
      ? "#222"
      : has("white")
        ? "#d9d3c8"
        : random.pick(["#8d6237", "#6a4a2c", "#b58a55"]);
    return figure(
      118,
      98,
      0.68,
      0.24,
      drawQuadruped(
        fur,
        { body: 22, back: 38, leg: 33, neck: [9, 17], head: 12, snout: 13 },
        gaitOf(has),
        (x, y) =>
          `<path d="M${x - 4} ${y - 6} Q${x - 13} ${y - 2} ${x - 9} ${y + 10}" stroke="${fur}" stroke-width="6"/><path d="M33 50 Q16 44 12 30" stroke="${fur}" stroke-width="6"/>`,
      ),
    );
  },
  fox(_random, has) {
    const fur = has("wolf", "wolves", "loup", "lobo") ? "#5d5c5c" : "#a8501f";
    return figure(
      124,
      98,
      0.5,
      0.19,
      drawQuadruped(
        fur,
        { body: 18, back: 42, leg: 32, neck: [11, 13], head: 11, snout: 14 },
        gaitOf(has),
        (x, y) =>
          `${ear(x - 3, y - 3, 8, fur)}${ear(x + 3, y - 4, 7, fur)}<path d="M34 58 Q16 60 8 78" stroke="${fur}" stroke-width="12"/><path d="M9 76 L6 84" stroke="#e8ddd0" stroke-width="9"/>`,
      ),
    );
  },
  deer(_random, has) {
    const fur = "#7a5230";
    return figure(
      126,
      98,
      1.9,
      0.25,
      drawQuadruped(
        fur,
        { body: 21, back: 38, leg: 44, neck: [16, 26], head: 9, snout: 11 },
        gaitOf(has),
        (x, y) =>
          `<path d="M${x} ${y - 4} C${x - 8} ${y - 14} ${x - 6} ${y - 20} ${x - 1} ${y - 25} M${x - 5} ${y - 13} L${x - 13} ${y - 19} M${x + 2} ${y - 4} C${x + 6} ${y - 14} ${x + 10} ${y - 18} ${x + 8} ${y - 25} M${x + 6} ${y - 13} L${x + 15} ${y - 17}" stroke="#4a3520" stroke-width="2.4" transform="translate(0 4)"/>`,
      ),
    );
  },
  horse(random, has) {
    const fur = has("white")
      ? "#d3cdc3"
      : has("black")
        ? "#241f1d"
        : random.pick(["#6a3f22", "#4b2c1a", "#8a5a30"]);
    const rider = has("rider", "cowboy", "knight", "riding")
      ? `<g transform="translate(33 -4) scale(0.62)">${drawPerson(20, random, has)}</g>`
      : "";
    return figure(
      130,
      98,
      2.3,
      0.28,
      `${drawQuadruped(
        fur,
        { body: 25, back: 40, leg: 42, neck: [19, 25], head: 11, snout: 17 },
        gaitOf(has),
        (x, y) =>
          `${ear(x - 2, y - 4, 6, fur)}<path d="M${x - 6} ${y - 2} Q${x - 18} ${y + 8} ${x - 17} ${y + 26}" stroke="#221812" stroke-width="5"/><path d="M31 42 Q18 52 20 82" stroke="#221812" stroke-width="6"/>`,
      )}${rider}`,
    );
  },
  elephant: () =>
    figure(
      150,
      98,
      3.2,
      0.32,
      `<path d="M40 60 V95 M56 62 V95 M92 62 V95 M106 60 V95" stroke="#6d6762" stroke-width="14"/><path d="M42 45 Q74 32 102 47" stroke="#77716b" stroke-width="42"/>
      <circle cx="118" cy="40" r="19" fill="#79736d"/><path d="M128 46 C144 60 138 82 140 92" stroke="#79736d" stroke-width="9"/><path d="M108 32 C94 30 92 58 108 58Z" fill="#5f5a55"/><path d="M130 56 Q142 62 146 58" stroke="#ece4d2" stroke-width="3.4"/><path d="M22 40 Q14 54 16 68" stroke="#6d6762" stroke-width="4"/>`,
    ),
} satisfies Partial<Record<Subject, Draw>>;
