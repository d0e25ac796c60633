import { hex, hsl, mix } from "../colour";
import { glossy, matt } from "../materials";
import type { Random } from "../random";
import type { Brief } from "../read-prompt";
import type { Solid } from "../solids";
import type { Palette } from "../studio/tones";

export function bouquet(brief: Brief, random: Random, tones: Palette): Solid[] {
  const hue =
    brief.hues[0] ??
    (brief.has("sunflower") ? 46 : brief.has("rose", "poppy") ? 352 : random.pick([340, 12, 275, 46]));
  const stems: Solid[] = [];
  for (let i = 0; i < 7; i++) {
    const turn = i * 2.4 + random.between(-0.3, 0.3);
    const lean = i === 0 ? 0.06 : random.between(0.26, 0.6);
    const tall = random.between(0.72, 1.12);
    const [x, z] = [Math.cos(turn) * lean, Math.sin(turn) * lean];
    const petal = matt(hsl(hue + random.between(-16, 16), 0.62, random.between(0.5, 0.66)));
    stems.push({
      kind: "rod",
      at: [x * 0.12, 0.8, z * 0.12],
      size: [x * 0.88, tall, z * 0.88],
      round: 0.022,
      material: matt(hex("#3f5a2a")),
    });
    for (let p = 0; p < 5; p++) {
      const a = p * 1.257 + i;
      stems.push({
        kind: "ball",
        at: [x + Math.cos(a) * 0.12, 0.82 + tall, z + Math.sin(a) * 0.12],
        size: [0.12, 0.085, 0.12],
        blend: p === 0 ? undefined : 0.03,
        material: petal,
      });
    }
    stems.push({
      kind: "ball",
      at: [x, 0.87 + tall, z],
      size: [0.06, 0.06, 0.06],
      material: matt(hex("#d8a02a")),
    });
  }
  const clay = glossy(mix(tones.second, hex("#e8e0d2"), 0.5), 0.25);
  return [
    { kind: "ball", at: [0, 0.42, 0], size: [0.42, 0.42, 0.42], material: clay },
    { kind: "cone", at: [0, 0.84, 0], size: [0.2, 0.24, 0.16], blend: 0.14, material: clay },
    ...stems,
  ];
}
