import type { Subject } from "../vocabulary";
import { type Draw, figure } from "./figure";

export const buildings = {
  lighthouse: () =>
    figure(
      64,
      190,
      32,
      0.52,
      `<path d="M18 52 H46 L54 182 H10Z" fill="#e8e4da"/><path d="M16.6 74 H47.4 L48.8 97 H15.2Z M13.9 120 H50.1 L51.5 143 H12.5Z" fill="#a8352a"/>
      <rect x="13" y="46" width="38" height="7" fill="#3a3a3e"/><rect x="20" y="26" width="24" height="20" fill="#2a2c30"/><rect x="23" y="28" width="18" height="16" fill="#ff0"/><path d="M16 27 L32 9 L48 27Z" fill="#8a2a22"/><path d="M32 9V2" stroke="#333" stroke-width="2"/><rect x="28" y="104" width="7" height="10" fill="#2a2c30"/><path d="M26 190 V166 C26 158 38 158 38 166 V190Z" fill="#40352c"/><path d="M4 190 L10 180 H54 L60 190Z" fill="#6d675f"/>`,
    ),
  house: (random, has) => {
    const wall = has("white")
      ? "#d9d4c8"
      : has("red")
        ? "#8a2f24"
        : random.pick(["#6a4a32", "#7b5a40", "#8d8478"]);
    return figure(
      150,
      112,
      6.5,
      0.17,
      `<rect x="103" y="8" width="13" height="30" fill="#5b4a42"/><rect x="22" y="52" width="106" height="60" fill="${wall}"/><path d="M8 56 L46 14 H108 L142 56Z" fill="#3a302c"/>
      <rect x="36" y="66" width="20" height="18" fill="#ff0"/><path d="M46 66 V84 M36 75 H56" stroke="#3a2c20" stroke-width="1.8"/><rect x="94" y="66" width="20" height="18" fill="#ff0"/><path d="M104 66 V84 M94 75 H114" stroke="#3a2c20" stroke-width="1.8"/><rect x="67" y="72" width="17" height="40" fill="#38271c"/>`,
    );
  },
  castle: () =>
    figure(
      230,
      180,
      60,
      0.36,
      `<path d="M20 180 V92 h8 v-8 h8 v8 h8 v-8 h8 v8 h8 V112 H170 V92 h8 v-8 h8 v8 h8 v-8 h8 v8 h8 V180Z" fill="#6f6a66"/><path d="M86 180 V48 h58 V180Z" fill="#7d7772"/><path d="M80 48 L115 2 L150 48Z" fill="#4a3f48"/>
      <path d="M16 92 L40 46 L64 92Z M166 92 L190 46 L214 92Z" fill="#4a3f48"/><path d="M100 180 V146 C100 128 130 128 130 146 V180Z" fill="#2a2523"/><path d="M108 72h6v13h-6z M120 72h6v13h-6z M36 108h6v11h-6z M186 108h6v11h-6z M108 102h6v12h-6z" fill="#ff0"/><path d="M115 2 V-8" stroke="#333" stroke-width="2"/>`,
    ),
  temple: () =>
    figure(
      170,
      210,
      34,
      0.46,
      `${[0, 1, 2, 3, 4]
        .map((i) => {
          const [y, w] = [26 + i * 38, 34 + i * 9];
          return `<rect x="${85 - w * 0.6}" y="${y + 8}" width="${w * 1.2}" height="30" fill="#6a2c20"/><rect x="${85 - w * 0.34}" y="${y + 17}" width="${w * 0.68}" height="10" fill="#ff0"/><path d="M${85 - w - 14} ${y + 6} Q${85 - w * 0.5} ${y + 5} ${85 - w * 0.42} ${y - 12} H${85 + w * 0.42} Q${85 + w * 0.5} ${y + 5} ${85 + w + 14} ${y + 6} L${85 + w} ${y + 12} H${85 - w}Z" fill="#2d2b30"/>`;
        })
        .reverse()
        .join(
          "",
        )}<path d="M85 16 V0" stroke="#8a6a2a" stroke-width="3"/><rect x="20" y="202" width="130" height="8" fill="#6d675f"/>`,
    ),
  windmill: () =>
    figure(
      150,
      180,
      22,
      0.42,
      `<path d="M58 70 H92 L104 180 H46Z" fill="#8f8272"/><path d="M54 72 C54 52 96 52 96 72Z" fill="#4a3a30"/><g stroke="#d6cbb4" stroke-width="2">${[22, 112, 202, 292].map((turn) => `<path d="M75 62 h66 v13 h-54 z M100 62v13M118 62v13" fill="#e2d8c2" fill-opacity="0.85" transform="rotate(${turn} 75 62)"/>`).join("")}</g><circle cx="75" cy="62" r="4" fill="#333"/><rect x="69" y="110" width="11" height="14" fill="#ff0"/>`,
    ),
  bridge: () =>
    figure(
      520,
      130,
      24,
      0.2,
      `<path d="M0 30 H520 V130 H490 V96 C490 58 410 58 410 96 V130 H376 V96 C376 56 300 56 300 96 V130 H220 V96 C220 56 144 56 144 96 V130 H110 V96 C110 58 30 58 30 96 V130 H0Z" fill="#7d7468"/><path d="M0 28 H520" stroke="#8f867a" stroke-width="8"/>${[60, 180, 260, 340, 460].map((x) => `<path d="M${x} 26 V6" stroke="#2f2c2a" stroke-width="2"/><circle cx="${x}" cy="5" r="3" fill="#ff0"/>`).join("")}`,
      "water",
    ),
  tent: () =>
    figure(
      120,
      74,
      1.9,
      0.12,
      `<path d="M6 74 C22 34 42 10 60 6 C78 10 98 34 114 74Z" fill="#b3541e"/><path d="M60 6 C50 30 42 54 40 74 H80 C78 54 70 30 60 6Z" fill="#ff0"/><path d="M60 6 V74" stroke="#6a3012" stroke-width="1.6"/>`,
    ),
} satisfies Partial<Record<Subject, Draw>>;
