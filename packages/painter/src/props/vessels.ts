import { hex, mix } from "../colour";
import { glossy, gold, matt, metal } from "../materials";
import type { Maker } from "./maker";

export const perfume: Maker = (_brief, _random, tones) => {
  const body = tones.accent;
  return [
    {
      kind: "box",
      at: [0, 0.55, 0],
      size: [0.36, 0.5, 0.2],
      round: 0.09,
      turn: 0.35,
      material: glossy(mix(body, hex("#f4d9b0"), 0.3), 0.7),
    },
    { kind: "drum", at: [0, 1.12, 0], size: [0.11, 0.09, 0], round: 0.02, material: metal(gold) },
    {
      kind: "box",
      at: [0, 1.34, 0],
      size: [0.17, 0.15, 0.17],
      round: 0.03,
      turn: 0.35,
      material: glossy(hex("#1a1716"), 0.6),
    },
  ];
};

export const cup: Maker = (_brief, _random, tones) => {
  const body = tones.accent;
  return [
    {
      kind: "drum",
      at: [0, 0.05, 0],
      size: [0.78, 0.05, 0],
      round: 0.04,
      material: glossy(hex("#efe9de"), 0.4),
    },
    {
      kind: "cone",
      at: [0, 0.5, 0],
      size: [0.34, 0.5, 0.36],
      round: 0.03,
      material: glossy(mix(body, hex("#f3ede2"), 0.55), 0.45),
    },
    {
      kind: "ring",
      at: [0.55, 0.52, 0],
      size: [0.2, 0.055, 0],
      material: glossy(mix(body, hex("#f3ede2"), 0.55), 0.45),
    },
    { kind: "drum", at: [0, 0.87, 0], size: [0.44, 0.03, 0], material: glossy(hex("#3a1f10"), 0.7) },
  ];
};

export const bottle: Maker = ({ has }, _random, { accent: body }) => {
  const glass = glossy(
    has("wine", "whisky", "whiskey", "beer") ? mix(body, hex("#1d2a16"), 0.6) : body,
    0.65,
  );
  return [
    { kind: "drum", at: [0, 0.62, 0], size: [0.36, 0.62, 0], round: 0.09, material: glass },
    { kind: "cone", at: [0, 1.36, 0], size: [0.3, 0.12, 0.16], blend: 0.16, material: glass },
    { kind: "drum", at: [0, 1.62, 0], size: [0.115, 0.2, 0], blend: 0.08, round: 0.02, material: glass },
    {
      kind: "drum",
      at: [0, 1.86, 0],
      size: [0.14, 0.12, 0],
      round: 0.03,
      material: has("wine") ? matt(hex("#2a1a14")) : metal(gold),
    },
    { kind: "drum", at: [0, 0.62, 0], size: [0.366, 0.3, 0], material: matt(hex("#efe7d6")) },
  ];
};
