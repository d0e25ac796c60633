import { hex, hsl, mix, type Rgb } from "../colour";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Material, Solid } from "../solids";
import type { Vec } from "../vector";
import { makeCat, makePlant } from "./living";

const wood: Material = { albedo: hex("#7a4e2c"), gloss: 0.2 };
/** The board under the window in the left wall. */
const SILL = { x: -2.9, y: 0.72 };
const pale: Material = { albedo: hex("#ece6da"), gloss: 0.15 };
const brass: Material = { albedo: hex("#b98d4a"), gloss: 0.5 };
const shade: Material = { albedo: hex("#f1e2c4"), gloss: 0, glow: [2, 1.25, 0.6] };
const matt = (albedo: Rgb): Material => ({ albedo, gloss: 0.05 });

/** Furnishes a room by the words of a prompt; returns the solids and where the lamp's light is. */
export function furnish(
  brief: Brief,
  random: Random,
  hue: number,
  byWindow: boolean,
): { solids: Solid[]; lamp: Vec } {
  const cloth = matt(hsl(brief.hues[1] ?? hue + random.pick([150, 180, -40, 20]), 0.36, 0.4));
  const { has } = brief;
  const main = has("bed", "bedroom", "chambre", "schlafzimmer", "hotel")
    ? makeBed(cloth)
    : has("kitchen", "dining", "cafe", "restaurant", "bar", "cocina", "küche", "table")
      ? makeTable(cloth)
      : has("office", "desk", "studio", "library", "classroom", "workspace")
        ? makeDesk(cloth)
        : makeSofa(cloth);
  const lampX = random.pick([2.35, -2.3]);
  const lamp: Vec = [lampX, 1.62, 3.35];
  const solids: Solid[] = [
    ...main,
    { kind: "drum", at: [lampX, 0.03, 3.35], size: [0.2, 0.03, 0], material: brass },
    { kind: "drum", at: [lampX, 0.78, 3.35], size: [0.022, 0.75, 0], material: brass },
    { kind: "cone", at: [lampX, 1.68, 3.35], size: [0.3, 0.2, 0.18], material: shade },
    ...makePlant([-lampX * 0.98, 0, 3.45], random),
  ];
  if (has("cat", "kitten", "katze", "chat", "gato")) {
    const fur = has("black") ? "#232124" : has("white") ? "#e2ddd4" : "#8a5a30";
    solids.push(...makeCat(byWindow ? [SILL.x, SILL.y + 0.03, 1.25] : [0.95, 0, 1.5], matt(hex(fur))));
  }
  if (byWindow)
    solids.push({
      kind: "box",
      at: [SILL.x, SILL.y, 1.4],
      size: [0.24, 0.035, 1.36],
      round: 0.02,
      material: pale,
    });
  return { solids, lamp };
}

function makeSofa(cloth: Material): Solid[] {
  const pale: Material = { albedo: mix(cloth.albedo, [0.9, 0.85, 0.78], 0.55), gloss: 0.03 };
  return [
    { kind: "box", at: [0, 0.28, 2.75], size: [1.3, 0.2, 0.5], round: 0.09, material: cloth },
    { kind: "box", at: [0, 0.66, 3.2], size: [1.3, 0.36, 0.16], round: 0.11, material: cloth },
    { kind: "box", at: [-1.32, 0.45, 2.78], size: [0.16, 0.3, 0.52], round: 0.1, material: cloth },
    { kind: "box", at: [1.32, 0.45, 2.78], size: [0.16, 0.3, 0.52], round: 0.1, material: cloth },
    { kind: "box", at: [-0.58, 0.52, 2.7], size: [0.58, 0.1, 0.46], round: 0.08, material: cloth },
    { kind: "box", at: [0.58, 0.52, 2.7], size: [0.58, 0.1, 0.46], round: 0.08, material: cloth },
    { kind: "box", at: [-0.82, 0.8, 2.92], size: [0.24, 0.22, 0.09], round: 0.08, turn: 0.2, material: pale },
    { kind: "drum", at: [0.25, 0.36, 1.35], size: [0.55, 0.03, 0], round: 0.02, material: wood },
    ...[0, 2.1, 4.2].map(
      (turn): Solid => ({
        kind: "rod",
        at: [0.25 + Math.cos(turn) * 0.4, 0, 1.35 + Math.sin(turn) * 0.4],
        size: [-Math.cos(turn) * 0.12, 0.36, -Math.sin(turn) * 0.12],
        round: 0.022,
        material: wood,
      }),
    ),
    { kind: "cone", at: [0.1, 0.45, 1.3], size: [0.05, 0.07, 0.06], material: matt(hex("#e9e3d8")) },
    {
      kind: "box",
      at: [0.45, 0.41, 1.42],
      size: [0.14, 0.02, 0.1],
      turn: 0.4,
      material: matt(hex("#b0522c")),
    },
  ];
}

function makeBed(cloth: Material): Solid[] {
  const sheet = matt(hex("#e9e4da"));
  return [
    { kind: "box", at: [0, 0.22, 2.6], size: [1.15, 0.2, 1.35], round: 0.06, material: wood },
    { kind: "box", at: [0, 0.46, 2.55], size: [1.12, 0.13, 1.32], round: 0.1, material: sheet },
    { kind: "box", at: [0, 0.54, 2.1], size: [1.18, 0.1, 0.9], round: 0.09, material: cloth },
    { kind: "box", at: [0, 0.75, 4.02], size: [1.2, 0.6, 0.06], round: 0.04, material: wood },
    { kind: "box", at: [-0.55, 0.68, 3.55], size: [0.42, 0.13, 0.24], round: 0.12, material: sheet },
    { kind: "box", at: [0.55, 0.68, 3.55], size: [0.42, 0.13, 0.24], round: 0.12, material: sheet },
  ];
}

function makeTable(cloth: Material): Solid[] {
  const chair = (x: number, z: number, back: number): Solid[] => [
    { kind: "box", at: [x, 0.46, z], size: [0.21, 0.03, 0.21], round: 0.02, material: cloth },
    { kind: "box", at: [x, 0.76, z + back * 0.2], size: [0.2, 0.2, 0.02], round: 0.02, material: wood },
    ...[-1, 1].flatMap((sx) =>
      [-1, 1].map(
        (sz): Solid => ({
          kind: "rod",
          at: [x + sx * 0.18, 0, z + sz * 0.18],
          size: [0, 0.46, 0],
          round: 0.018,
          material: wood,
        }),
      ),
    ),
  ];
  return [
    { kind: "box", at: [0, 0.75, 2.1], size: [1.05, 0.03, 0.5], round: 0.02, material: wood },
    ...[-0.9, 0.9].map(
      (x): Solid => ({ kind: "box", at: [x, 0.37, 2.1], size: [0.04, 0.37, 0.38], material: wood }),
    ),
    ...chair(-0.55, 2.9, 1),
    ...chair(0.55, 2.9, 1),
    ...chair(0.3, 1.35, -1),
    { kind: "cone", at: [-0.25, 0.84, 2.05], size: [0.14, 0.26, 0.07], material: matt(hex("#d9d0bf")) },
    ...[0, 1, 2].map(
      (i): Solid => ({
        kind: "ball",
        at: [-0.3 + i * 0.1, 0.92, 2.02 + (i % 2) * 0.08],
        size: [0.075, 0.075, 0.075],
        material: matt(hex(i ? "#d9822a" : "#a8301f")),
      }),
    ),
    { kind: "cone", at: [0.05, 2.25, 2.1], size: [0.36, 0.08, 0.16], material: shade },
    { kind: "drum", at: [0.05, 2.65, 2.1], size: [0.01, 0.25, 0], material: brass },
  ];
}

function makeDesk(cloth: Material): Solid[] {
  return [
    { kind: "box", at: [0, 0.74, 3.1], size: [1.15, 0.03, 0.45], round: 0.02, material: wood },
    { kind: "box", at: [0.85, 0.36, 3.1], size: [0.25, 0.36, 0.42], round: 0.02, material: wood },
    { kind: "box", at: [-1.08, 0.36, 3.1], size: [0.04, 0.36, 0.42], material: wood },
    {
      kind: "box",
      at: [0, 1.12, 3.28],
      size: [0.44, 0.26, 0.02],
      round: 0.015,
      material: { albedo: hex("#15181c"), gloss: 0.5 },
    },
    { kind: "drum", at: [0, 0.82, 3.28], size: [0.03, 0.08, 0], material: brass },
    { kind: "drum", at: [0, 0.52, 2.35], size: [0.3, 0.05, 0], round: 0.04, material: cloth },
    { kind: "box", at: [0, 0.9, 2.12], size: [0.28, 0.26, 0.05], round: 0.05, material: cloth },
    { kind: "drum", at: [0, 0.25, 2.35], size: [0.03, 0.25, 0], material: brass },
    ...[0, 1, 2, 3, 4].map(
      (i): Solid => ({
        kind: "box",
        at: [-0.95 + i * 0.075, 0.92, 3.2],
        size: [0.03, 0.14 + 0.02 * (i % 3), 0.1],
        material: matt(hsl(i * 67 + 10, 0.4, 0.4)),
      }),
    ),
  ];
}
