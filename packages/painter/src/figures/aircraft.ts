import type { Subject } from "../vocabulary";
import { type Draw, figure } from "./figure";

export const aircraft = {
  plane: () =>
    figure(
      160,
      60,
      12,
      0.07,
      `<path d="M10 26 L4 6 L16 8 L32 25 L120 24 C142 25 154 30 156 33 C150 39 140 41 120 41 L20 38Z" fill="#c9ced4"/><path d="M74 34 L44 58 L60 58 L100 36Z" fill="#8f969f"/><path d="M82 26 L66 12 L74 12 L100 25Z" fill="#a9b0b8"/>`,
      "air",
    ),
  balloon(random) {
    const sets: [[string, string], ...[string, string][]] = [
      ["#c8402c", "#f0b23c"],
      ["#2c6a8c", "#f2e2c0"],
      ["#8a2f5a", "#f28a4a"],
      ["#3a7a5a", "#f4d06a"],
    ];
    const [a, b] = random.pick(sets);
    const gores = [-40, -27, -13, 0, 13, 27, 40].map(
      (x, i) =>
        `<path d="M60 4 Q${60 + x * 2.6} 44 ${60 + x * 0.34} 112" stroke="${i % 2 ? a : b}" stroke-width="13"/>`,
    );
    return figure(
      120,
      150,
      22,
      0.36,
      `<clipPath id="envelope"><path d="M60 3 C96 3 113 30 113 54 C113 80 86 98 73 118 H47 C34 98 7 80 7 54 C7 30 24 3 60 3Z"/></clipPath>
      <g clip-path="url(#envelope)"><rect width="120" height="120" fill="${a}"/>${gores.join("")}</g><path d="M49 118 L53 136 M71 118 L67 136" stroke="#3a2c20" stroke-width="1.2"/><rect x="51" y="135" width="18" height="14" rx="2.5" fill="#6b4526"/><circle cx="60" cy="124" r="2.4" fill="#ff0"/>`,
      "air",
    );
  },
  station: () =>
    figure(
      300,
      170,
      90,
      0.42,
      `<g fill="#22406e">${[6, 44, 222, 260].map((x) => `<rect x="${x}" y="20" width="32" height="54"/><rect x="${x}" y="98" width="32" height="54"/>`).join("")}</g>
      <g stroke="#8fa6c8" stroke-width="1.4">${[6, 44, 222, 260].map((x) => [29, 38, 47, 56, 65, 107, 116, 125, 134, 143].map((y) => `<path d="M${x} ${y}h32"/>`).join("")).join("")}</g>
      <path d="M4 86H296" stroke="#7d838b" stroke-width="5"/><path d="M22 74V98M60 74V98M238 74V98M276 74V98" stroke="#8a9098" stroke-width="3"/>
      <rect x="88" y="74" width="124" height="24" rx="11" fill="#878d96"/><rect x="132" y="34" width="34" height="104" rx="15" fill="#9aa0a8"/><rect x="104" y="96" width="22" height="48" rx="10" fill="#767c86"/><rect x="176" y="28" width="22" height="48" rx="10" fill="#767c86"/>
      <path d="M132 60h34M132 112h34M112 74v24M190 74v24" stroke="#4d535c" stroke-width="2"/><path d="M149 34V8M138 8h22" stroke="#9aa0a8" stroke-width="2.4"/>
      ${[46, 70, 86, 102, 124].map((y) => `<circle cx="149" cy="${y}" r="2.6" fill="#ff0"/>`).join("")}<circle cx="96" cy="86" r="2" fill="#ff0"/><circle cx="204" cy="86" r="2" fill="#ff0"/>`,
      "air",
    ),
  rocket: () =>
    figure(
      60,
      190,
      50,
      0.5,
      `<path d="M30 2 C42 20 46 40 46 64 V118 H14 V64 C14 40 18 20 30 2Z" fill="#d9dbde"/><path d="M14 92 L2 126 L14 122Z M46 92 L58 126 L46 122Z" fill="#a8331f"/><circle cx="30" cy="52" r="7" fill="#22374e"/><path d="M14 76 H46" stroke="#a8331f" stroke-width="5"/>
      <path d="M20 120 C16 150 26 160 30 189 C34 160 44 150 40 120Z" fill="#ff0"/>`,
      "air",
    ),
} satisfies Partial<Record<Subject, Draw>>;
