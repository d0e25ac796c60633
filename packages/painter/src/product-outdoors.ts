import { add, mix, multiply, type Rgb, scale, smooth } from "./colour";
import { findOutdoorProduct } from "./props";
import { createRandom } from "./random";
import type { Brief } from "./read-prompt";
import { renderSet } from "./render-set";
import { buildScene } from "./solids";
import { darken } from "./sprite";
import type { Stage } from "./stage";
import { chooseTones } from "./studio/tones";
import { lightReaching, openness, type Set3d } from "./trace";
import { dot, mirror, unit, type Vec } from "./vector";

/** Height of a product in metres and as a share of the frame: an advertisement's giant, not a thing on the ground. */
export const PRODUCT_SIZE = { metres: 2, share: 0.42 };

/** Stands a product in a landscape, or lets it float there, in the landscape's own light. */
export function standProduct({ canvas, view, light }: Stage, brief: Brief): void {
  const product = findOutdoorProduct(brief);
  if (!product) return;
  const random = createRandom(brief.seed ^ 0x9d0c);
  const solids = product(brief, random, { ...chooseTones(brief, random, false), dark: false });
  const scene = buildScene(solids);
  const top = Math.max(...solids.map(({ at, size }) => at[1] + size[1]));
  const tall = PRODUCT_SIZE.share * Math.max(view.height, view.width * 0.6) * Math.min(1, 0.5 + top / 3);
  const floats = brief.has(
    "floating",
    "floats",
    "flying",
    "levitating",
    "hovering",
    "suspended",
    "sea",
    "clouds",
  );
  const column = view.centreX + view.width * random.between(-0.06, 0.06);
  const ground = Math.min(view.height * 0.92, 0.87 * Math.max(view.height, view.width * 0.6));
  const foot = floats ? Math.min(ground, view.horizonY + tall * 0.55) : ground;
  const far = (top * view.focal) / tall;
  const eye: Vec = [
    (-(column - view.width / 2) * far) / view.focal,
    ((foot - view.horizonY) * far) / view.focal,
    -far,
  ];
  const wide = (0.95 * view.focal) / far;
  const [rx, ry] = floats ? [wide * 0.8, wide * 0.1] : [wide * 1.1, wide * 0.16];
  darken(canvas, column, floats ? ground : ground - ry * 0.6, rx, ry, floats ? 0.45 : 0.75);
  const sun: Vec = [...light.sun];
  const fill = unit([-Math.sign(sun[0] || 1) * 0.5, 0.6, -0.8]);
  const sky = (ray: Vec): Rgb =>
    ray[1] > 0
      ? mix(light.horizon, light.zenith, smooth(0, 0.8, ray[1]))
      : scale(mix(light.horizon, light.ambient, 0.5), 0.35);
  const set: Set3d = {
    scene,
    over: true,
    camera: {
      eye,
      target: [eye[0], eye[1], 0],
      focal: view.focal,
      shiftY: (view.horizonY - view.height / 2) / view.focal,
    },
    behind: (_eye, ray) => ({ colour: sky(ray), far: 1e4 }),
    shade({ point, normal, ray, material, start }) {
      const facing = Math.max(0, dot(normal, sun));
      const direct = facing > 0 ? facing * lightReaching(scene, start, sun, 9) : 0;
      const open = openness(scene, point, normal);
      const bounce = 0.3 * Math.max(0, dot(normal, fill)) + 0.12 * Math.max(0, -normal[1]);
      const arriving = add(
        scale(light.sunColour, direct + bounce * open),
        scale(light.ambient, (0.75 + 0.35 * normal[1]) * open),
      );
      const diffuse = multiply(material.metal ? scale(material.albedo, 0.1) : material.albedo, arriving);
      const out = mirror(ray, normal);
      const fresnel = 0.04 + 0.96 * (1 - Math.max(0, -dot(normal, ray))) ** 5;
      const shine = Math.min(0.9, material.metal ? material.gloss : fresnel * material.gloss * 1.5);
      const tint: Rgb = material.metal ? material.albedo : [1, 1, 1];
      const spark = Math.max(0, dot(out, sun)) ** (30 + 400 * material.gloss) * material.gloss * 2;
      const lit = add(mix(diffuse, multiply(sky(out), tint), shine), scale(light.sunColour, spark));
      return material.glow ? add(lit, material.glow) : lit;
    },
  };
  renderSet(canvas, set);
}
