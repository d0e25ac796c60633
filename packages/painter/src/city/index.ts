import { blendPixel, type Canvas, type View } from "../canvas";
import { hex, hsl, mix, type Rgb } from "../colour";
import { chooseLight, type Light } from "../light";
import { createNoise } from "../noise";
import { createRandom } from "../random";
import type { Brief } from "../read-prompt";
import { paintSky } from "../sky";
import { paintWater } from "../water";
import { castColumn } from "./blocks";
import { castStreet } from "./cast-street";
import { layOutMarket } from "./market";
import { keepPuddles } from "./street";
import type { Town } from "./town";

/** Paints a skyline (from across the water or from above) or a street canyon, by casting one ray a column. */
export function paintCity(canvas: Canvas, brief: Brief): Light {
  const random = createRandom(brief.seed ^ 0xc174);
  const light = chooseLight(brief);
  const street = brief.setting === "street";
  const night = brief.time === "night" || brief.time === "dusk";
  const neon =
    brief.moods.includes("neon") ||
    (night && brief.has("tokyo", "hong kong", "seoul", "vegas", "times square"));
  const across =
    !street &&
    brief.shot !== "high" &&
    (brief.has("harbor", "harbour", "river", "bay", "water", "bridge", "skyline") || random.chance(0.55));
  const { width, height } = canvas;
  const horizon = street
    ? random.between(0.56, 0.66)
    : across
      ? random.between(0.58, 0.68)
      : brief.shot === "high"
        ? random.between(0.2, 0.26)
        : random.between(0.34, 0.44);
  const shift = { high: -0.08, low: 0.08, wide: 0, close: 0 }[brief.shot];
  const view: View = {
    ...{ width, height, centreX: width * random.between(0.44, 0.56), horizonY: height * (horizon + shift) },
    focal: Math.max(width, height) * (street ? 0.62 : across ? 1.05 : 0.9),
  };
  const lit =
    { day: 0.02, golden: 0.12, dawn: 0.16, dusk: 0.42, night: 0.5 }[brief.time] * (street ? 0.66 : 1);
  const glow: Rgb = neon ? hsl(312, 0.7, 0.5) : hsl(28, 0.7, 0.5);
  const old =
    street && !neon && brief.has("market", "bazaar", "souk", "medina", "marrakesh", "marrakech", "kasbah");
  const town: Town = {
    old,
    air: lit < 0.3 ? light.haze : mix(light.haze, glow, 0.22),
    reach: brief.shot === "high" && !street ? 14_000 : 5200,
    ...{ lit, glow },
    ...{
      light,
      neon,
      seed: random.seed(),
      block: old ? 22 : street ? 46 : 52,
      street: old ? 5.4 : street ? 9 : 8,
    },
    front: street ? 6 : across ? 620 : 160,
    tallest: street ? random.between(70, 150) : random.between(190, 330),
    cameraY: street
      ? random.between(2.2, 4.5)
      : across
        ? random.between(10, 26)
        : random.between(130, 210) * (brief.shot === "high" ? 2 : 1),
    shiftX: old ? 11 : street ? 23 : random.between(0, 400),
  };
  paintSky(canvas, view, light, brief.seed);
  paintGlow(canvas, view, town);
  const water = new Uint8Array(width * height);
  for (let x = 0; x < width; x++) castColumn(canvas, view, town, x, water, street || across);
  if (old) layOutMarket(canvas, view, town);
  if (street) castStreet(canvas, view, town, brief);
  const wet = street && (neon || brief.weather === "rain" || brief.has("wet", "reflection", "puddle"));
  const noise = createNoise(brief.seed ^ 0x57ee);
  if (across || wet) {
    if (street) keepPuddles(canvas, view, water, noise);
    paintWater(
      canvas,
      view,
      light,
      noise,
      {
        ...{
          cameraAbove: town.cameraY,
          roughness: street ? 0.03 : 0.14,
          wavelength: street ? 0.8 : 4,
          foam: 0,
        },
        deep: street ? hex("#1a1c22") : hex("#0c2230"),
      },
      water,
    );
  }
  return light;
}

/** Light of the town on the haze above it. */
function paintGlow(canvas: Canvas, view: View, town: Town): void {
  if (town.lit < 0.3) return;
  const { glow } = town;
  for (let y = 0; y < Math.min(canvas.height, view.horizonY); y++) {
    const power = 0.3 * Math.exp(-(view.horizonY - y) / (canvas.height * 0.16));
    for (let x = 0; x < canvas.width; x++) {
      const at = y * canvas.width + x;
      blendPixel(canvas, at, glow[0], glow[1], glow[2], power);
    }
  }
}
