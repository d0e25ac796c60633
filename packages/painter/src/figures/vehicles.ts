import type { Subject } from "../vocabulary";
import { type Draw, figure } from "./figure";

import { drawPerson } from "./people";

export const vehicles = {
  boat: (random, has) => {
    if (has("canoe", "rowboat", "kayak", "dinghy", "row")) {
      return figure(
        120,
        52,
        1.6,
        0.075,
        `<path d="M6 34 Q60 44 114 34 Q104 52 60 52 Q16 52 6 34Z" fill="#6a3f22"/><g transform="translate(46 -2) scale(0.44)">${drawPerson(20, random, has)}</g><path d="M56 20 L86 46" stroke="#8d6a44" stroke-width="2"/>`,
        "water",
      );
    }
    const sail = has("red") ? "#b03a2a" : "#ece5d6";
    return figure(
      92,
      118,
      11,
      0.27,
      `<path d="M46 4 V98" stroke="#5a4632" stroke-width="2.4"/><path d="M49 8 C74 40 82 70 82 90 L49 92Z" fill="${sail}"/><path d="M43 18 C30 46 16 74 11 91 L43 92Z" fill="${sail}" fill-opacity="0.94"/>
      <path d="M6 98 H88 C84 110 76 117 66 118 H26 C16 117 9 108 6 98Z" fill="#5b3a26"/><path d="M6 98H88" stroke="#cdbfa6" stroke-width="2.6"/>`,
      "water",
    );
  },
  ship: () =>
    figure(
      220,
      112,
      34,
      0.2,
      `<path d="M60 6 V70 M112 0 V70 M160 10 V70" stroke="#46382c" stroke-width="2.6"/>
      ${[
        [60, 12, 26],
        [112, 6, 32],
        [160, 16, 24],
      ]
        .map(
          ([x = 0, y = 0, w = 0]) =>
            `<path d="M${x - w} ${y} Q${x} ${y + 8} ${x + w} ${y} L${x + w * 0.9} ${y + 26} Q${x} ${y + 36} ${x - w * 0.9} ${y + 26}Z M${x - w} ${y + 32} Q${x} ${y + 40} ${x + w} ${y + 32} L${x + w} ${y + 56} Q${x} ${y + 66} ${x - w} ${y + 56}Z" fill="#ddd2bb"/>`,
        )
        .join("")}
      <path d="M10 66 L40 78 H178 L204 58 L214 62 L196 104 Q190 112 178 112 H48 Q30 110 24 94Z" fill="#4a3122"/><path d="M16 80 Q100 92 202 76" stroke="#8a6844" stroke-width="3"/><path d="M204 60 L219 44" stroke="#46382c" stroke-width="2.6"/><rect x="178" y="72" width="5" height="6" fill="#ff0"/><rect x="188" y="70" width="5" height="6" fill="#ff0"/>`,
      "water",
    ),
  car: (random, has) => {
    const paint = has("red")
      ? "#a3201c"
      : has("blue")
        ? "#24508c"
        : has("white")
          ? "#d9d9d6"
          : has("black")
            ? "#1d1d20"
            : has("yellow", "taxi")
              ? "#d9a11a"
              : random.pick(["#8a2a20", "#3a4a5a", "#b98a3a", "#5a6a5a"]);
    return figure(
      190,
      62,
      1.5,
      0.14,
      `<path d="M10 46 C10 34 16 31 34 29 L58 11 C62 7 70 6 80 6 H108 C120 6 126 9 134 15 L152 28 C172 30 182 34 182 44 L180 50 H12Z" fill="${paint}"/>
      <path d="M44 28 L64 13 C67 11 72 10 78 10 H90 V28Z M95 10 H108 C117 10 122 12 128 17 L141 28 H95Z" fill="#141a22"/><path d="M14 40 H178" stroke="#000" stroke-opacity="0.25" stroke-width="1.6"/>
      <circle cx="46" cy="48" r="13.5" fill="#101012"/><circle cx="46" cy="48" r="7" fill="#7d8188"/><circle cx="146" cy="48" r="13.5" fill="#101012"/><circle cx="146" cy="48" r="7" fill="#7d8188"/><rect x="174" y="35" width="8" height="5" rx="2" fill="#ff0"/>`,
    );
  },
  train: () =>
    figure(
      420,
      60,
      4,
      0.075,
      `${[0, 1, 2].map((i) => `<rect x="${8 + i * 104}" y="10" width="98" height="40" rx="4" fill="#5e2f24"/>${[0, 1, 2, 3, 4].map((w) => `<rect x="${16 + i * 104 + w * 17}" y="18" width="11" height="12" fill="#ff0"/>`).join("")}`).join("")}
      <rect x="322" y="22" width="80" height="28" rx="10" fill="#1f2226"/><rect x="318" y="4" width="30" height="46" rx="3" fill="#26292e"/><rect x="325" y="11" width="14" height="11" fill="#ff0"/><path d="M384 22 V6 h12 v16" fill="#1a1c1f"/>
      ${[24, 60, 88, 128, 164, 192, 232, 268, 296, 334, 362, 390].map((x) => `<circle cx="${x}" cy="52" r="7.5" fill="#141416"/>`).join("")}`,
    ),
} satisfies Partial<Record<Subject, Draw>>;
