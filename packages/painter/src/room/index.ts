import type { Canvas } from "../canvas";
import { hex, hsl, length, mix, type Rgb, scale, smooth } from "../colour";
import { chooseLight } from "../light";
import { createRandom } from "../random";
import type { Brief } from "../read-prompt";
import { renderSet } from "../render-set";
import { buildScene } from "../solids";
import { type Hit, lightReaching, openness, type Set3d } from "../trace";
import { dot, unit, type Vec } from "../vector";
import { furnish } from "./furniture";
import { barsAt, cornerShade, HALF_WIDTH, meetWalls, surfaceColour, WINDOW } from "./walls";

/** Paints a room with sun through a window: patches on floor and walls, light in the air, lamps at night. */
export function paintRoom(canvas: Canvas, brief: Brief): number {
  const random = createRandom(brief.seed ^ 0x4007);
  const light = chooseLight(brief);
  const night = brief.time === "night";
  const hue = brief.hues[0] ?? random.pick([32, 24, 150, 205, 14, 95]);
  const wall = hsl(
    hue,
    brief.moods.includes("quiet") ? 0.12 : 0.22,
    brief.moods.includes("dark") ? 0.42 : 0.72,
  );
  const wood = mix(hex("#8a5a34"), hex("#b98a5a"), random.next());
  const byWindow = brief.has("windowsill", "window", "sill", "window seat");
  const { solids, lamp } = furnish(brief, random, hue, byWindow);
  const scene = buildScene(solids);
  const sun = unit([-0.78, 0.42 + 0.3 * random.next(), random.between(-0.3, 0.16)]);
  const sunColour = night ? scale(hex("#8fb0ea"), 0.55) : scale(light.sunColour, 2.1);
  const sky = night ? hex("#16244a") : mix(light.horizon, light.zenith, 0.35);
  const lampPower = night ? 1.5 : brief.time === "dusk" ? 0.8 : 0.1;
  const ambient = night ? 0.1 : 0.34;
  const side = random.chance(0.5) ? 1 : -1;
  const { width, height } = canvas;

  /** How much sun passes the window on its way to a point: panes, bars between them, curtain edges. */
  const sunAt = (point: Vec): number => {
    const reach = (-HALF_WIDTH - point[0]) / sun[0];
    if (reach < 0) return 0;
    const y = point[1] + sun[1] * reach;
    const z = point[2] + sun[2] * reach;
    const soft = 0.015 + reach * 0.012;
    const inside =
      smooth(-soft, soft, y - WINDOW.y0) *
      smooth(-soft, soft, WINDOW.y1 - y) *
      smooth(-soft, soft, z - WINDOW.z0) *
      smooth(-soft, soft, WINDOW.z1 - z);
    if (inside <= 0) return 0;
    const pane = 0.8;
    const across = Math.abs((((z - WINDOW.z0) / pane) % 1) - 0.5);
    const up = Math.abs((((y - WINDOW.y0) / 0.85) % 1) - 0.5);
    return (
      inside *
      (1 - smooth(0.5 - 0.05 - soft, 0.5 - 0.03, across)) *
      (1 - smooth(0.5 - 0.05 - soft, 0.5 - 0.03, up))
    );
  };
  /** Soft light of the sky in the window, falling off with distance and angle. */
  const skyAt = (point: Vec, normal: Vec): number => {
    const dx = -HALF_WIDTH - point[0];
    const dy = 1.6 - point[1];
    const dz = 1.4 - point[2];
    const far = length(dx, dy, dz);
    const facing = Math.max(0.12, (normal[0] * dx + normal[1] * dy + normal[2] * dz) / far);
    return (facing * 2.6) / (far * far * 0.5 + 1.4);
  };
  const lampAt = (point: Vec, normal: Vec): number => {
    const dx = lamp[0] - point[0];
    const dy = lamp[1] - point[1];
    const dz = lamp[2] - point[2];
    const far = length(dx, dy, dz) + 0.01;
    return (
      (Math.max(0.15, (normal[0] * dx + normal[1] * dy + normal[2] * dz) / far) * 1.5) / (far * far + 0.35)
    );
  };
  const lampColour: Rgb = [1, 0.62, 0.3];
  const litPoint = (point: Vec, normal: Vec, albedo: Rgb): Rgb => {
    const start: Vec = [
      point[0] + normal[0] * 0.02,
      point[1] + normal[1] * 0.02,
      point[2] + normal[2] * 0.02,
    ];
    const facing = Math.max(0, dot(normal, sun));
    let direct = facing > 0 ? sunAt(point) * facing : 0;
    if (direct > 0.01) direct *= lightReaching(scene, start, sun, 14);
    const open = openness(scene, point, normal) * cornerShade(point);
    const soft = skyAt(point, normal) * 0.8 * open;
    const warm = lampAt(point, normal) * lampPower * open;
    const fill = ambient * open * (0.75 + 0.25 * normal[1]);
    return [
      albedo[0] *
        (sunColour[0] * direct + (sky[0] + 0.1) * soft + lampColour[0] * warm + fill * (0.6 + 0.5 * wall[0])),
      albedo[1] *
        (sunColour[1] * direct + (sky[1] + 0.1) * soft + lampColour[1] * warm + fill * (0.6 + 0.5 * wall[1])),
      albedo[2] *
        (sunColour[2] * direct + (sky[2] + 0.1) * soft + lampColour[2] * warm + fill * (0.6 + 0.5 * wall[2])),
    ];
  };
  const rise = { low: 0.75, high: 2.15, wide: 1.45, close: 1.25 }[brief.shot];
  const set: Set3d = {
    scene,
    camera: {
      eye: byWindow ? [0.15, 1.35, -1.5] : [0.9 + random.between(-0.5, 0.7), rise, -4.1],
      target: byWindow ? [-2.6, 1.3, 1.35] : [-0.25, brief.shot === "high" ? 0.9 : 1.15, 1.4],
      focal: Math.max(width, height * 1.05) * (brief.shot === "close" ? 0.95 : 0.76),
      shiftY: 0,
    },
    behind(eye, ray) {
      const hit = meetWalls(eye, ray);
      const { point, normal } = hit;
      if (hit.kind === "window") {
        const out = night ? hex("#101c3c") : scale(mix([1, 1, 1], sky, 0.5), 1.9);
        const bar = barsAt(point);
        return { colour: mix(out, scale(hex("#efe9df"), ambient + 0.3), bar), far: hit.far };
      }
      const albedo = surfaceColour(hit.kind, point, wall, wood, side);
      return { colour: addAir(litPoint(point, normal, albedo), eye, ray, hit.far), far: hit.far };
    },
    shade(hit: Hit) {
      const colour = litPoint(hit.point, hit.normal, hit.material.albedo);
      const glow = hit.material.glow ? scale(hit.material.glow, lampPower * 1.6 + 0.1) : [0, 0, 0];
      const sheen = hit.material.gloss * 0.5 * (1 - Math.max(0, -dot(hit.normal, hit.ray))) ** 4;
      const lit: Rgb = [
        colour[0] + (glow[0] ?? 0) + sky[0] * sheen,
        colour[1] + (glow[1] ?? 0) + sky[1] * sheen,
        colour[2] + (glow[2] ?? 0) + sky[2] * sheen,
      ];
      return addAir(lit, set.camera.eye, hit.ray, hit.far);
    },
  };
  renderSet(canvas, set);
  return night ? 1.5 : light.exposure * 0.95;

  /** Dust in the beam: sampled along the way to the eye. */
  function addAir(colour: Rgb, eye: Vec, ray: Vec, far: number): Rgb {
    let sum = 0;
    const steps = 7;
    for (let step = 0; step < steps; step++) {
      const t = (far * (step + 0.5)) / steps;
      sum += sunAt([eye[0] + ray[0] * t, eye[1] + ray[1] * t, eye[2] + ray[2] * t]);
    }
    const beam = (sum / steps) * far * (night ? 0.02 : 0.03);
    return [
      colour[0] + sunColour[0] * beam,
      colour[1] + sunColour[1] * beam,
      colour[2] + sunColour[2] * beam,
    ];
  }
}
