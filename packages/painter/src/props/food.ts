import { hex, mix } from "../colour";
import { glossy, gold, matt } from "../materials";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Solid } from "../solids";
import type { At, Maker } from "./maker";

export const cake: Maker = (_brief, _random, tones) => {
  const body = tones.accent;
  const cream = matt(hex("#f3e4d2"));
  return [
    {
      kind: "drum",
      at: [0, 0.06, 0],
      size: [0.95, 0.05, 0],
      round: 0.03,
      material: glossy(hex("#e9e4da"), 0.4),
    },
    { kind: "drum", at: [0, 0.36, 0], size: [0.72, 0.28, 0], round: 0.06, material: matt(body) },
    { kind: "drum", at: [0, 0.84, 0], size: [0.5, 0.24, 0], round: 0.06, material: cream },
    ...[0, 1, 2, 3, 4, 5, 6].map(
      (i): Solid => ({
        kind: "ball",
        at: [Math.cos(i * 0.9) * 0.4, 1.12, Math.sin(i * 0.9) * 0.4],
        size: [0.09, 0.09, 0.09],
        material: glossy(hex("#a31526"), 0.5),
      }),
    ),
    { kind: "drum", at: [0, 1.26, 0], size: [0.03, 0.2, 0], material: cream },
    {
      kind: "ball",
      at: [0, 1.53, 0],
      size: [0.045, 0.09, 0.045],
      material: { ...matt(gold), glow: [9, 4.6, 1.4] },
    },
  ];
};

export const burger: Maker = () => {
  const bun = matt(hex("#b8702c"));
  return [
    { kind: "drum", at: [0, 0.2, 0], size: [0.72, 0.16, 0], round: 0.12, material: bun },
    { kind: "drum", at: [0, 0.42, 0], size: [0.78, 0.07, 0], round: 0.06, material: matt(hex("#5a8a2a")) },
    { kind: "drum", at: [0, 0.56, 0], size: [0.74, 0.1, 0], round: 0.08, material: matt(hex("#43220f")) },
    {
      kind: "box",
      at: [0, 0.68, 0],
      size: [0.66, 0.025, 0.66],
      round: 0.02,
      turn: 0.5,
      material: glossy(hex("#eaa21e"), 0.2),
    },
    {
      kind: "drum",
      at: [0, 0.78, 0],
      size: [0.68, 0.06, 0],
      round: 0.05,
      material: glossy(hex("#a8231a"), 0.4),
    },
    { kind: "ball", at: [0, 0.86, 0], size: [0.74, 0.42, 0.74], material: glossy(hex("#c07a30"), 0.25) },
  ];
};

export function fruitBowl(brief: Brief, random: Random): Solid[] {
  const skin = brief.has("lemon")
    ? "#e8c21c"
    : brief.has("orange")
      ? "#e07a12"
      : brief.has("peach")
        ? "#e89a5a"
        : "#b01f1c";
  const spots: At[] = [
    [-0.36, 0.62, -0.06],
    [0.34, 0.6, -0.12],
    [0, 0.64, 0.34],
    [0.02, 1.04, 0.02],
  ];
  return [
    { kind: "drum", at: [0, 0.1, 0], size: [0.5, 0.1, 0], round: 0.06, material: matt(hex("#cfc4b0")) },
    { kind: "cone", at: [0, 0.3, 0], size: [0.5, 0.95, 0.14], round: 0.03, material: matt(hex("#d8cdb9")) },
    ...spots.flatMap(([x, y, z]): Solid[] => [
      {
        kind: "ball",
        at: [x, y, z],
        size: [0.34, 0.32, 0.34],
        material: glossy(mix(hex(skin), hex("#d8a020"), random.next() * 0.35), 0.35),
      },
      {
        kind: "rod",
        at: [x, y + 0.28, z],
        size: [0.03, 0.14, 0.02],
        round: 0.016,
        material: matt(hex("#3a2a16")),
      },
    ]),
  ];
}

/** A plate: grilled fillet, asparagus, potatoes, tomatoes, lemon. */
export const dish: Maker = (_brief, random) => {
  const china = glossy(hex("#efece6"), 0.4);
  const green = glossy(hex("#4f7d2a"), 0.2);
  const around = (turn: number, out: number): [number, number] => [
    Math.cos(turn) * out,
    Math.sin(turn) * out,
  ];
  return [
    { kind: "drum", at: [0, 0.05, 0], size: [0.8, 0.05, 0], round: 0.04, material: china },
    { kind: "drum", at: [0, 0.13, 0], size: [1.12, 0.04, 0], round: 0.035, material: china },
    { kind: "drum", at: [0, 0.16, 0], size: [0.94, 0.035, 0], round: 0.02, material: matt(hex("#c9763a")) },
    {
      kind: "box",
      at: [-0.2, 0.32, 0.05],
      size: [0.5, 0.12, 0.26],
      round: 0.1,
      turn: 0.5,
      material: glossy(hex("#d96a3a"), 0.35),
    },
    ...[-0.24, 0, 0.24].map(
      (along): Solid => ({
        kind: "box",
        at: [-0.2 + along * 0.88, 0.43, 0.05 - along * 0.48],
        size: [0.02, 0.025, 0.24],
        round: 0.02,
        turn: 0.5,
        material: matt(hex("#5a2412")),
      }),
    ),
    ...[0, 1, 2, 3].map(
      (i): Solid => ({
        kind: "rod",
        at: [0.18 + i * 0.105, 0.26 + (i % 2) * 0.07, -0.5 + i * 0.05],
        size: [0.22, 0.03, 0.95],
        round: 0.045,
        material: green,
      }),
    ),
    ...[0, 1, 2, 3, 4].map((i): Solid => {
      const [x, z] = around(3.4 + i * 0.42, 0.66);
      const size = random.between(0.12, 0.16);
      return {
        kind: "ball",
        at: [x, 0.26, z],
        size: [size, size * 0.9, size],
        material: glossy(hex("#e0b34e"), 0.25),
      };
    }),
    ...[0, 1, 2].map((i): Solid => {
      const [x, z] = around(1.75 + i * 0.36, 0.66);
      return {
        kind: "ball",
        at: [x, 0.28, z],
        size: [0.13, 0.12, 0.13],
        material: glossy(hex("#b81f17"), 0.6),
      };
    }),
    {
      kind: "drum",
      at: [-0.26, 0.5, 0.08],
      size: [0.16, 0.03, 0],
      round: 0.01,
      material: glossy(hex("#f0d23a"), 0.4),
    },
    { kind: "drum", at: [-0.26, 0.51, 0.08], size: [0.12, 0.03, 0], material: glossy(hex("#f7e98e"), 0.4) },
    ...[0, 1, 2].map((i): Solid => {
      const [x, z] = around(i * 2.1 + 0.4, 0.13);
      return {
        kind: "ball",
        at: [x - 0.1, 0.54, z + 0.3],
        size: [0.09, 0.02, 0.05],
        turn: i,
        material: matt(hex("#3f6a24")),
      };
    }),
  ];
};
