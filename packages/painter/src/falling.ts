import { addPixel, type Canvas } from "./canvas";
import { createRandom } from "./random";
import { type Brief, OUTDOORS } from "./read-prompt";

/** Rain and snow in the air of a still. A film has them moving instead, so its camera asks for none. */
export function paintFalling(canvas: Canvas, brief: Brief): void {
  if (!OUTDOORS.has(brief.setting) && brief.setting !== "portrait") return;
  const power = { day: 0.16, golden: 0.14, dawn: 0.13, dusk: 0.09, night: 0.06 }[brief.time];
  if (brief.weather === "rain" || brief.weather === "storm") paintRain(canvas, brief, power);
  if (brief.weather === "snow") paintSnow(canvas, brief, power * 4);
}

function paintRain(canvas: Canvas, brief: Brief, power: number): void {
  const random = createRandom(brief.seed ^ 0x4a19);
  const { width, height } = canvas;
  const slant = random.between(-0.12, 0.12);
  for (let drop = 0; drop < (width * height) / 620; drop++) {
    const near = random.next() ** 2;
    const long = height * (0.018 + 0.06 * near);
    const [x, y] = [random.between(-0.05, 1.05) * width, random.between(-0.05, 1) * height];
    for (let step = 0; step < long; step++) {
      const share = power * (0.35 + 0.9 * near) * Math.sin((Math.PI * step) / long);
      addLight(canvas, x + slant * step, y + step, share);
    }
  }
}

function paintSnow(canvas: Canvas, brief: Brief, power: number): void {
  const random = createRandom(brief.seed ^ 0x5a03);
  const { width, height } = canvas;
  for (let flake = 0; flake < (width * height) / 1500; flake++) {
    const near = random.next() ** 4;
    const size = 0.8 + near * height * 0.006;
    const [x, y] = [random.next() * width, random.next() * height];
    const reach = Math.ceil(size * 1.6);
    for (let oy = -reach; oy <= reach; oy++) {
      for (let ox = -reach; ox <= reach; ox++) {
        const share = Math.exp(-(ox * ox + oy * oy) / (size * size));
        addLight(canvas, x + ox, y + oy, power * share * (0.9 - 0.55 * near));
      }
    }
  }
}

function addLight(canvas: Canvas, x: number, y: number, power: number): void {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < 0 || row < 0 || column >= canvas.width || row >= canvas.height) return;
  addPixel(canvas, row * canvas.width + column, power * 0.92, power * 0.97, power);
}
