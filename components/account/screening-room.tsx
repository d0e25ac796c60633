/** Rows of seats from far to near: top, width of a seat, first x, how many, and how much light falls on them. */
const ROWS = [
  { y: 520, width: 58, from: -14, count: 12, light: 0.5 },
  { y: 562, width: 78, from: -44, count: 10, light: 0.24 },
];

/** Ridges from far to near, each sunk deeper in shadow. */
const RIDGES = [
  {
    d: "M90 344C140 330 178 306 226 318S300 350 348 338S428 304 476 318S566 346 640 322V460H90Z",
    fill: "url(#far)",
  },
  { d: "M90 384C150 366 196 352 250 366S356 398 420 380S540 352 640 376V460H90Z", fill: "url(#mid)" },
  { d: "M90 418C180 400 250 424 330 420S470 398 540 410S610 420 640 414V470H90Z", fill: "url(#near)" },
];

/** A small cinema with a film on: the picture beside the doors of the house. Drawn, so that nothing is loaded. */
export function ScreeningRoom({ className }: { className?: string }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 720 640" preserveAspectRatio="xMidYMid slice" className={className}>
      <Light />
      <rect width="720" height="640" fill="oklch(0.055 0 0)" />
      <ellipse cx="360" cy="320" rx="480" ry="300" fill="url(#glow)" />
      <ellipse cx="360" cy="486" rx="330" ry="58" fill="oklch(0.72 0.13 58 / 0.3)" filter="url(#soft)" />
      <g clipPath="url(#screen)">
        <rect x="90" y="170" width="540" height="264" fill="url(#sky)" />
        <circle cx="448" cy="318" r="150" fill="url(#halo)" />
        <circle cx="448" cy="318" r="34" fill="oklch(0.975 0.045 95)" />
        {RIDGES.map((ridge) => (
          <path key={ridge.fill} {...ridge} />
        ))}
        <g fill="oklch(0.13 0.03 330)">
          <path d="M228 415v-15l-1-2 1.500-9-2-1 .5-2 3-1.500a3.400 3.400 0 1 1 3.600 0l3 1.500 1.500 9-1.500 1.500-1-5-.6 8.500.4 15h-2.800l-.8-11-.8 11z" />
        </g>
      </g>
      {ROWS.map(({ y, width, from, count, light }) => (
        <g key={y} fill="oklch(0.075 0.006 60)" stroke={`oklch(0.78 0.12 66 / ${light})`}>
          {Array.from({ length: count }, (_, n) => from + n * (width + 7)).map((x) => (
            <rect key={x} x={x} y={y} width={width} height="200" rx={width * 0.32} />
          ))}
        </g>
      ))}
      <rect y="500" width="720" height="140" fill="url(#dusk)" />
    </svg>
  );
}

function Light() {
  const stops = (colours: [number, string][]) =>
    colours.map(([offset, colour]) => <stop key={offset} offset={offset} stopColor={colour} />);
  const down = { x1: 0, y1: 0, x2: 0, y2: 1 };
  return (
    <defs>
      <linearGradient id="sky" {...down}>
        {stops([
          [0, "oklch(0.25 0.05 262)"],
          [0.32, "oklch(0.42 0.075 300)"],
          [0.58, "oklch(0.68 0.125 42)"],
          [0.78, "oklch(0.85 0.115 74)"],
          [1, "oklch(0.9 0.09 85)"],
        ])}
      </linearGradient>
      <radialGradient id="halo">
        {stops([
          [0.1, "oklch(0.96 0.075 92 / 0.95)"],
          [0.4, "oklch(0.9 0.12 78 / 0.4)"],
          [1, "oklch(0.85 0.13 60 / 0)"],
        ])}
      </radialGradient>
      <linearGradient id="far" {...down}>
        {stops([
          [0, "oklch(0.62 0.105 38)"],
          [0.75, "oklch(0.76 0.105 58)"],
        ])}
      </linearGradient>
      <linearGradient id="mid" {...down}>
        {stops([
          [0, "oklch(0.4 0.085 18)"],
          [0.8, "oklch(0.56 0.1 36)"],
        ])}
      </linearGradient>
      <linearGradient id="near" {...down}>
        {stops([
          [0, "oklch(0.2 0.045 340)"],
          [0.6, "oklch(0.11 0.025 320)"],
        ])}
      </linearGradient>
      <radialGradient id="glow">
        {stops([
          [0, "oklch(0.66 0.12 52 / 0.42)"],
          [0.55, "oklch(0.45 0.09 45 / 0.13)"],
          [1, "oklch(0.4 0.08 45 / 0)"],
        ])}
      </radialGradient>
      <linearGradient id="dusk" {...down}>
        {stops([
          [0, "oklch(0.04 0 0 / 0)"],
          [1, "oklch(0.04 0 0 / 0.9)"],
        ])}
      </linearGradient>
      <filter id="soft" x="-30%" y="-120%" width="160%" height="340%">
        <feGaussianBlur stdDeviation="26" />
      </filter>
      <clipPath id="screen">
        <rect x="90" y="170" width="540" height="264" rx="3" />
      </clipPath>
    </defs>
  );
}
