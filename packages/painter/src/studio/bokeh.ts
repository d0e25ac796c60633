import { add, hsl, type Rgb, scale, smooth } from "../colour";
import type { Random } from "../random";

/** Lights of a street far out of focus: their colour at a place on the backdrop, in metres. */
export function makeBokeh(random: Random): (x: number, y: number) => Rgb {
  const lights = Array.from({ length: 34 }, () => ({
    ...{ x: random.between(-5.5, 5.5), y: random.between(0.1, 4.6), radius: random.between(0.14, 0.5) },
    colour: scale(hsl(random.pick([318, 190, 275, 38, 330]), 0.9, 0.55), random.between(0.12, 0.5)),
  }));
  return (x, y) => {
    let colour: Rgb = [0, 0, 0];
    for (const light of lights) {
      const out = Math.sqrt((x - light.x) ** 2 + (y - light.y) ** 2) / light.radius;
      if (out < 1) colour = add(colour, scale(light.colour, smooth(1, 0.93, out) * (0.7 + 0.3 * out)));
    }
    return colour;
  };
}
