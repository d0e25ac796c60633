import { hex, mix } from "../colour";
import { glossy, matt } from "../materials";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Solid } from "../solids";
import type { At } from "./maker";

/** A head and shoulders as a sculptor would rough them out; it has no face of anybody. */
export function makeBust(brief: Brief, random: Random): Solid[] {
  const skin = glossy(hex(random.pick(["#b98a6c", "#8a5a40", "#d2a283", "#5c3a2a"])), 0.18);
  const hair = matt(
    hex(
      brief.has("blond", "blonde")
        ? "#b98d4a"
        : brief.has("red hair", "ginger")
          ? "#7a2f14"
          : brief.has("old", "elderly", "grey")
            ? "#9a9896"
            : random.pick(["#1c1512", "#2e1f16", "#4a2f1c"]),
    ),
  );
  const lips = glossy(mix(skin.albedo, hex("#8a1f2a"), 0.55), 0.3);
  const coat = matt(hex(random.pick(["#2b3038", "#5a2c26", "#39413a", "#6a5a48"])));
  const long = brief.has("woman", "girl", "long hair", "queen", "frau", "femme") || random.chance(0.4);
  const t = random.between(0.35, 0.75) * (random.chance(0.5) ? 1 : -1);
  const spin = ([x, y, z]: At): At => [
    x * Math.cos(t) + z * Math.sin(t),
    y,
    z * Math.cos(t) - x * Math.sin(t),
  ];
  const locks: Solid[] = long
    ? [-1, 1].map(
        (side): Solid => ({
          kind: "rod",
          at: spin([side * 0.36, 1.85, 0.1]),
          size: [side * 0.07, -0.95, 0.04],
          round: 0.17,
          blend: 0.12,
          material: hair,
        }),
      )
    : [];
  return [
    { kind: "ball", at: [0, 0.36, 0.06], size: [1.06, 0.54, 0.5], turn: -t, material: coat },
    {
      kind: "ball",
      at: spin([0, 0.74, 0.04]),
      size: [0.42, 0.3, 0.36],
      blend: 0.24,
      turn: -t,
      material: coat,
    },
    { kind: "rod", at: [0, 0.5, 0.03], size: [0, 0.85, 0], round: 0.185, material: skin },
    {
      kind: "ball",
      at: spin([0, 1.86, 0.03]),
      size: [0.39, 0.45, 0.44],
      turn: -t,
      blend: 0.06,
      material: skin,
    },
    {
      kind: "ball",
      at: spin([0, 1.56, -0.12]),
      size: [0.3, 0.36, 0.3],
      turn: -t,
      blend: 0.16,
      material: skin,
    },
    { kind: "ball", at: spin([0, 1.35, -0.25]), size: [0.13, 0.1, 0.11], blend: 0.14, material: skin },
    {
      kind: "rod",
      at: spin([0, 1.8, -0.36]),
      size: spin([0, -0.16, -0.06]),
      round: 0.035,
      blend: 0.16,
      material: skin,
    },
    {
      kind: "ball",
      at: spin([0, 1.49, -0.35]),
      size: [0.1, 0.05, 0.06],
      turn: -t,
      blend: 0.1,
      material: skin,
    },
    ...[-1, 1].flatMap((side): Solid[] => [
      {
        kind: "ball",
        at: spin([side * 0.4, 1.7, 0.02]),
        size: [0.05, 0.11, 0.08],
        turn: -t,
        blend: 0.04,
        material: skin,
      },
    ]),
    {
      kind: "ball",
      at: spin([0, 2.0, 0.12]),
      size: [0.44, 0.42, 0.44],
      turn: -t,
      blend: 0.02,
      material: hair,
    },
    ...locks,
    ...[-1, 1].map(
      (side): Solid => ({
        kind: "rod",
        at: spin([side * 0.09, 1.715, -0.422]),
        size: spin([side * 0.13, 0.012, 0.06]),
        round: 0.008,
        material: hair,
      }),
    ),
    { kind: "ball", at: spin([0, 1.505, -0.446]), size: [0.088, 0.022, 0.03], turn: -t, material: lips },
    { kind: "ball", at: spin([0, 1.472, -0.438]), size: [0.074, 0.022, 0.03], turn: -t, material: lips },
  ];
}
