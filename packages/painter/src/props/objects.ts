import { hex, mix, scale } from "../colour";
import { glossy, gold, matt, metal, silver } from "../materials";
import type { Maker } from "./maker";

export const jewel: Maker = (_brief, _random, tones) => {
  const body = tones.accent;
  return [
    {
      kind: "drum",
      at: [0, 0.24, 0],
      size: [0.5, 0.24, 0],
      round: 0.05,
      material: matt(scale(tones.floor, 0.8)),
    },
    { kind: "ring", at: [0, 1.0, 0], size: [0.42, 0.09, 0], turn: 0.6, material: metal(gold, 0.9) },
    { kind: "ball", at: [0, 1.5, 0], size: [0.16, 0.16, 0.16], material: glossy(body, 0.95) },
  ];
};

export const phone: Maker = (_brief, _random, tones) => {
  const body = tones.accent;
  return [
    {
      kind: "box",
      at: [0, 0.92, 0],
      size: [0.44, 0.9, 0.05],
      round: 0.05,
      turn: 0.5,
      material: metal(hex("#3a3d42"), 0.6),
    },
    {
      kind: "box",
      at: [-0.024, 0.92, -0.044],
      size: [0.405, 0.86, 0.02],
      round: 0.018,
      turn: 0.5,
      material: { ...glossy(hex("#0d1016"), 0.85), glow: scale(body, 0.35) },
    },
  ];
};

export const headphones: Maker = (_brief, _random, tones) => {
  const body = tones.accent;
  return [
    { kind: "ring", at: [0, 0.92, 0], size: [0.62, 0.06, 0], turn: 0.5, material: metal(silver, 0.7) },
    {
      kind: "drum",
      at: [-0.52, 0.62, -0.28],
      size: [0.26, 0.3, 0],
      round: 0.12,
      material: glossy(body, 0.3),
    },
    {
      kind: "drum",
      at: [0.52, 0.62, 0.28],
      size: [0.26, 0.3, 0],
      round: 0.12,
      material: glossy(body, 0.3),
    },
  ];
};

export const lamp: Maker = () => {
  return [
    { kind: "drum", at: [0, 0.05, 0], size: [0.34, 0.05, 0], round: 0.03, material: metal(gold, 0.6) },
    { kind: "drum", at: [0, 0.6, 0], size: [0.035, 0.6, 0], material: metal(gold, 0.6) },
    {
      kind: "cone",
      at: [0, 1.35, 0],
      size: [0.56, 0.3, 0.28],
      round: 0.02,
      material: { ...matt(hex("#f2e4c8")), glow: [1.5, 0.95, 0.45] },
    },
  ];
};

export const shoe: Maker = (_brief, _random, tones) => {
  const upper = glossy(tones.accent, 0.2);
  const dark = glossy(mix(tones.accent, [0.02, 0.02, 0.02], 0.55), 0.2);
  const white = matt(hex("#f0ede6"));
  return [
    { kind: "box", at: [0.03, 0.1, 0], size: [0.96, 0.1, 0.31], round: 0.095, material: white },
    { kind: "box", at: [0.03, 0.03, 0], size: [0.93, 0.03, 0.29], round: 0.03, material: dark },
    { kind: "ball", at: [-0.52, 0.29, 0], size: [0.4, 0.19, 0.27], material: upper },
    { kind: "ball", at: [-0.02, 0.38, 0], size: [0.56, 0.27, 0.26], blend: 0.12, material: upper },
    { kind: "ball", at: [0.58, 0.42, 0], size: [0.36, 0.34, 0.26], blend: 0.2, material: upper },
    { kind: "drum", at: [0.5, 0.7, 0], size: [0.25, 0.14, 0], round: 0.1, blend: 0.1, material: dark },
    { kind: "ball", at: [-0.72, 0.24, 0], size: [0.22, 0.13, 0.245], material: white },
    { kind: "rod", at: [-0.06, 0.26, -0.255], size: [0.34, 0.2, 0.0], round: 0.04, material: white },
    { kind: "rod", at: [0.12, 0.24, -0.26], size: [0.34, 0.2, 0.0], round: 0.04, material: white },
  ];
};
