import type { Subject } from "../vocabulary";
import { type Draw, figure } from "./figure";

export const swarms = {
  bird(random) {
    const flock = Array.from({ length: 9 }, () => {
      const [x, y, s] = [random.between(10, 190), random.between(8, 60), random.between(0.6, 1.5)];
      const lift = random.between(-7, -2);
      return `<path d="M${x - 11 * s} ${y + lift * s * 0.4} Q${x - 5 * s} ${y + lift * s} ${x} ${y} Q${x + 5 * s} ${y + lift * s} ${x + 11 * s} ${y + lift * s * 0.4}" stroke="#2b2d33" stroke-width="${1.7 * s}"/>`;
    });
    return figure(200, 70, 6, 0.11, flock.join(""), "air");
  },
  fish(random) {
    const shoal = Array.from({ length: 26 }, () => {
      const x = 130 + random.between(-1, 1) * random.between(10, 120);
      const y = 70 + random.between(-1, 1) * random.between(4, 60);
      const size = random.between(0.5, 1.25);
      const tone = random.pick(["#e0912a", "#c7d4da", "#e8c14a", "#d8643a"]);
      return `<g transform="translate(${x} ${y}) scale(${size})"><path d="M-10 0 C-5 -6 5 -6 11 0 C5 6 -5 6 -10 0Z M-9 0 L-17 -5 L-15 0 L-17 5Z" fill="${tone}"/></g>`;
    });
    return figure(260, 140, 3, 0.42, shoal.join(""), "air");
  },
  whale: () =>
    figure(
      300,
      110,
      6,
      0.36,
      `<path d="M8 52 C40 18 120 6 190 26 C232 38 254 52 272 44 C280 40 288 26 298 24 C296 40 290 50 292 60 C284 64 274 62 264 62 C228 84 150 98 92 92 C50 88 18 74 8 52Z" fill="#56748a"/>
      <path d="M10 56 C44 78 120 92 180 78 C130 96 70 96 34 80 C20 72 12 64 10 56Z" fill="#b9c8cc"/><path d="M96 80 C92 100 106 108 126 110 C124 98 120 88 116 80Z" fill="#3f5a6c"/><circle cx="44" cy="58" r="2.6" fill="#0d1418"/>`,
      "air",
    ),
} satisfies Partial<Record<Subject, Draw>>;
