import { type Canvas, setPixel, type View } from "../canvas";
import { add, hex, mix, multiply, type Rgb, scale, smooth } from "../colour";
import type { Noise } from "../noise";

import { fractionWithin, hash, type Town } from "./town";

export function paintStreet(
  canvas: Canvas,
  view: View,
  town: Town,
  x: number,
  slope: number,
  water: Uint8Array,
  reflects: boolean,
): void {
  const { light } = town;
  const asphalt = scale(mix(light.ambient, light.horizon, 0.3), 0.11);
  for (let y = Math.max(0, Math.floor(view.horizonY) + 1); y < canvas.height; y++) {
    const at = y * canvas.width + x;
    if (Number.isFinite(canvas.depth[at] as number)) continue;
    const z = (town.cameraY * view.focal) / (y + 0.5 - view.horizonY);
    const worldX = slope * z;
    canvas.depth[at] = z;
    if (reflects) water[at] = 1;
    let colour: Rgb = asphalt;
    if (town.old) {
      const worn = hash(Math.floor(worldX * 2.4), Math.floor(z * 1.7), 7);
      colour = scale(
        mix(multiply(hex("#b98a62"), add(light.ambient, scale(light.sunColour, 0.2))), asphalt, 0.25),
        0.85 + 0.25 * worn,
      );
    } else if (town.front < 100) {
      const lane = Math.abs(worldX) < 0.16 && fractionWithin(z / 9, 0, 0.5) > 0 ? 0.5 : 0;
      const kerb = Math.abs(worldX) > town.street - 3 ? 0.28 : 0;
      const zebra = z > 9 && z < 13 && fractionWithin(worldX / 1.1, 0, 0.5) > 0 ? 0.55 : 0;
      colour = mix(asphalt, scale(light.ambient, 0.7), Math.max(lane, kerb, zebra));
      const speckle = hash(Math.floor(worldX * 40), Math.floor(z * 40), 5) - 0.5;
      colour = scale(colour, 1 + speckle * 0.25 * smooth(40, 4, z));
    } else if (town.lit > 0.3 && !reflects) {
      const trail =
        fractionWithin((worldX + town.shiftX) / town.block + 0.5, 0.96, 1) +
        fractionWithin(z / town.block, 0, 0.05);
      if (trail > 0)
        colour = scale(
          worldX > 0 ? hex("#ff5a3a") : hex("#ffd9a0"),
          0.9 * hash(Math.floor(z / 7), Math.floor(worldX / 7), 3),
        );
    }
    const clear = Math.exp((-z / 1000) * (light.hazePerKm + 0.11));
    setPixel(canvas, at, mix(town.air, colour, clear));
  }
}

/** A wet street is a patchwork of puddles: elsewhere it only shines far off. */
export function keepPuddles(canvas: Canvas, view: View, water: Uint8Array, noise: Noise): void {
  for (let at = 0; at < water.length; at++) {
    if (water[at] !== 1) continue;
    const z = canvas.depth[at] as number;
    const worldX = (((at % canvas.width) - view.centreX) / view.focal) * z;
    const dry = noise.fbm(worldX / 3.2, z / 5.5, 4);
    if (dry > 0.56 + smooth(10, 60, z) * 0.5) water[at] = 0;
  }
}
