import type { Canvas } from "../canvas";
import { add, length, mix, multiply, type Rgb, scale, smooth } from "../colour";
import { createNoise } from "../noise";
import { makeProduct } from "../props";
import { makeBust } from "../props/bust";
import { createRandom } from "../random";
import type { Brief } from "../read-prompt";
import { renderSet } from "../render-set";
import { buildScene } from "../solids";
import { type Hit, lightReaching, openness, reflectFrom, type Set3d } from "../trace";
import { dot, mirror, unit, type Vec } from "../vector";
import { makeBokeh } from "./bokeh";
import { makeGobo } from "./gobo";
import { marbleAt } from "./marble";
import { onPedestal } from "./pedestal";
import { chooseTones } from "./tones";

/** Paints a subject in a studio: seamless backdrop, a large soft key light, a coloured rim, a floor that shines a little. */
export function paintStudio(canvas: Canvas, brief: Brief): number {
  const random = createRandom(brief.seed ^ 0x57d1);
  const portrait = brief.setting === "portrait";
  const tones = chooseTones(brief, random, portrait);
  const marble = !portrait && brief.has("marble", "marmor", "marbre");
  const solids = portrait
    ? makeBust(brief, random)
    : onPedestal(makeProduct(brief, random, tones), random, tones, marble);
  const scene = buildScene(solids);
  const { width, height } = canvas;
  const side = random.chance(0.5) ? 1 : -1;
  const key = unit([-0.75 * side, 0.85, -0.72]);
  const rim = unit([0.85 * side, 0.42, 0.75]);
  const keyColour: Rgb = tones.dark ? [2.3, 2.1, 1.9] : [2.5, 2.36, 2.15];
  const rimColour = scale(
    tones.dark ? tones.accent : mix(tones.second, [1, 1, 1], 0.5),
    tones.dark ? 3.4 : 0.9,
  );
  const noise = createNoise(random.seed());
  const pattern = portrait ? () => 1 : makeGobo(noise, random);
  const onPlate = brief.has(
    "food",
    "dish",
    "meal",
    "plate",
    "dinner",
    "lunch",
    "breakfast",
    "salad",
    "pasta",
  );
  const rise = onPlate ? 3.6 : { low: 0.55, high: 2.5, wide: 1.3, close: 1.3 }[brief.shot];
  const target: Vec = portrait ? [0, 1.5, 0] : [0, 1.12, 0];
  const long = portrait ? Math.min(height * 2.05, width * 2.9) : Math.max(width, height * 0.82);
  /** What a mirror in the studio would see: backdrop, a softbox over the key, a strip for the rim. */
  const surroundings = (ray: Vec): Rgb => {
    const base = mix(scale(tones.floor, 0.3), scale(tones.back, 0.75), smooth(-0.4, 0.7, ray[1]));
    const box = smooth(0.82, 0.9, dot(ray, key)) * 3.2;
    const strip = smooth(0.86, 0.93, dot(ray, rim)) * 2;
    return [
      base[0] + box * keyColour[0] * 0.42 + strip * rimColour[0],
      base[1] + box * keyColour[1] * 0.42 + strip * rimColour[1],
      base[2] + box * keyColour[2] * 0.42 + strip * rimColour[2],
    ];
  };
  const lit = (_point: Vec, normal: Vec, albedo: Rgb, shadow: number, open: number): Rgb => {
    const front = Math.max(0, dot(normal, key) * 0.85 + 0.15) * shadow;
    const back = Math.max(0, dot(normal, rim));
    const fill = (0.3 + 0.25 * normal[1]) * open;
    const soft = fill * (tones.dark ? 0.34 : 1);
    const key0 = front * 0.62;
    const rim0 = back * 0.55;
    return [
      albedo[0] * (keyColour[0] * key0 + rimColour[0] * rim0 + (tones.back[0] * 0.7 + 0.25) * soft),
      albedo[1] * (keyColour[1] * key0 + rimColour[1] * rim0 + (tones.back[1] * 0.7 + 0.25) * soft),
      albedo[2] * (keyColour[2] * key0 + rimColour[2] * rim0 + (tones.back[2] * 0.7 + 0.25) * soft),
    ];
  };
  const wallAt = 5.2;
  const bokeh =
    portrait && (brief.moods.includes("neon") || brief.has("city", "street", "night"))
      ? makeBokeh(random)
      : undefined;
  const set: Set3d = {
    scene,
    camera: {
      eye: [random.between(-0.9, 0.9), portrait ? 1.55 : rise + 0.5, portrait ? -5.4 : -7.4],
      target,
      focal: long * (portrait ? 1 : brief.shot === "close" ? 1.6 : 1.3),
      shiftY: 0,
    },
    behind(eye, ray, bounced) {
      const toFloor = ray[1] < -1e-4 ? -eye[1] / ray[1] : Number.POSITIVE_INFINITY;
      const toWall = ray[2] > 1e-4 ? (wallAt - eye[2]) / ray[2] : Number.POSITIVE_INFINITY;
      const far = Math.min(toFloor, toWall, 60);
      if (!Number.isFinite(far) || far >= 60) return { colour: surroundings(ray), far: 60 };
      const point: Vec = [eye[0] + ray[0] * far, eye[1] + ray[1] * far, eye[2] + ray[2] * far];
      // The sweep: floor turns into wall without an edge.
      const sweep = smooth(wallAt - 3.2, wallAt, point[2]);
      const floor = marble ? marbleAt(noise, point) : tones.floor;
      const albedo = mix(floor, tones.back, sweep);
      const spot = Math.exp(-((point[0] * 0.16 + 0.25 * side) ** 2 + ((point[1] - 1.9) * 0.19) ** 2) * 1.6);
      const pool = Math.exp(-(point[0] ** 2 + (point[2] - 0.4) ** 2) * 0.055);
      const shadow =
        toFloor <= toWall && !bounced && length(point[0], point[2]) < 5
          ? lightReaching(scene, point, key, 5)
          : 1;
      const open =
        toFloor <= toWall && !bounced && length(point[0], point[2]) < 3
          ? openness(scene, point, [0, 1, 0])
          : 1;
      const power =
        mix3(pool, spot, sweep) * pattern(point[0] - point[2] * 0.4 * side, point[1] + point[2] * 0.35);
      const base = tones.dark ? 0.05 : 0.42;
      const light =
        (base + (tones.dark ? 0.85 : 1.0) * power * (0.35 + 0.65 * shadow)) * (0.55 + 0.45 * open);
      let colour = scale(multiply(albedo, mix([1, 1, 1], keyColour, 0.2)), light);
      if (bokeh) colour = add(colour, scale(bokeh(point[0], point[1]), sweep));
      if (toFloor <= toWall && !bounced) {
        const grazing = 0.05 + 0.4 * (1 + ray[1]) ** 5;
        const hit = reflectSolid(point, [ray[0], -ray[1], ray[2]]);
        if (hit) colour = mix(colour, hit, Math.min(0.4, grazing) * (tones.dark ? 1.6 : 0.8));
      }
      return { colour, far };
    },
    shade: shadeSolid,
  };
  renderSet(canvas, set);
  return 1.02;

  function shadeSolid(hit: Hit, bounced: boolean): Rgb {
    const { point, normal, ray, material } = hit;
    const start: Vec = [
      point[0] + normal[0] * 0.02,
      point[1] + normal[1] * 0.02,
      point[2] + normal[2] * 0.02,
    ];
    const shadow = dot(normal, key) > -0.2 ? lightReaching(scene, start, key, 7) : 0;
    const open = openness(scene, point, normal);
    const fresnel = 0.04 + 0.96 * (1 - Math.max(0, -dot(normal, ray))) ** 5;
    const albedo = material.marble ? marbleAt(noise, point) : material.albedo;
    const diffuse = material.metal ? scale(albedo, 0.06) : albedo;
    let colour = lit(point, normal, diffuse, shadow, open);
    const shine = material.metal ? material.gloss : fresnel * material.gloss * 1.6;
    if (shine > 0.015) {
      const out = mirror(ray, normal);
      const seen =
        material.gloss > 0.5
          ? mix(reflectFrom(set, hit, out, bounced), surroundings(out), 0.4)
          : surroundings(out);
      const tint: Rgb = material.metal ? material.albedo : [1, 1, 1];
      colour = mix(colour, multiply(seen, tint), Math.min(0.95, shine) * (0.4 + 0.6 * open));
      const spark = Math.max(0, dot(out, key)) ** (40 + 500 * material.gloss) * material.gloss * shadow * 1.6;
      colour = [colour[0] + spark, colour[1] + spark, colour[2] + spark];
    }
    const glow = material.glow ?? [0, 0, 0];
    return [colour[0] + glow[0], colour[1] + glow[1], colour[2] + glow[2]];
  }

  function reflectSolid(point: Vec, ray: Vec): Rgb | undefined {
    if (length(point[0], point[2]) > 2.6) return undefined;
    if (scene.chooseAlong(point, ray, 0.02) === 0) return undefined;
    let t = 0.02;
    for (let step = 0; step < 26 && t < 4; step++) {
      const at: Vec = [point[0] + ray[0] * t, point[1] + ray[1] * t, point[2] + ray[2] * t];
      const d = scene.distance(at[0], at[1], at[2]);
      if (d < 0.006) {
        const material = solids[scene.nearest()]?.material;
        if (!material) return undefined;
        return scale(material.albedo, 0.75 * Math.exp(-t * 0.7));
      }
      t += d;
    }
    return undefined;
  }
}

const mix3 = (a: number, b: number, share: number) => a + (b - a) * share;
