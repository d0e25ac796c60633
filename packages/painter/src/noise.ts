import { createRandom } from "./random";

/** Smooth random fields over the plane. Values are about 0–1. */
export type Noise = {
  at(x: number, y: number): number;
  /** Octaves of doubling frequency and halving weight. */
  fbm(x: number, y: number, octaves: number): number;
  /** Like fbm with sharp crests: filaments, lightning, marble. */
  ridged(x: number, y: number, octaves: number): number;
  /**
   * Octaves whose weight falls where the slope so far is steep, which looks like erosion
   * (Inigo Quilez, "Value noise derivatives", 2008). About 0–1.3.
   */
  eroded(x: number, y: number, octaves: number): number;
};

const SIZE = 256;
const MASK = SIZE - 1;

export function createNoise(seed: number): Noise {
  const random = createRandom(seed);
  const lattice = new Float32Array(SIZE * SIZE);
  for (let i = 0; i < lattice.length; i++) lattice[i] = random.next();

  const at = (x: number, y: number): number => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const fx = x - x0;
    const fy = y - y0;
    const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
    const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
    const left = x0 & MASK;
    const right = (x0 + 1) & MASK;
    const top = (y0 & MASK) * SIZE;
    const bottom = ((y0 + 1) & MASK) * SIZE;
    const a = lattice[top + left] as number;
    const b = lattice[top + right] as number;
    const c = lattice[bottom + left] as number;
    const d = lattice[bottom + right] as number;
    return a + (b - a) * u + (c - a) * v + (a - b - c + d) * u * v;
  };

  const fbm = (x: number, y: number, octaves: number): number => {
    let sum = 0;
    let weight = 0.5;
    let total = 0;
    for (let octave = 0; octave < octaves; octave++) {
      sum += at(x, y) * weight;
      total += weight;
      weight *= 0.5;
      // Turned by 37° each time, so that the lattice does not show.
      const turned = 1.6 * x + 1.2 * y + 17.3;
      y = -1.2 * x + 1.6 * y + 5.1;
      x = turned;
    }
    return sum / total;
  };

  const ridged = (x: number, y: number, octaves: number): number => {
    let sum = 0;
    let weight = 0.5;
    let total = 0;
    for (let octave = 0; octave < octaves; octave++) {
      const crest = 1 - Math.abs(at(x, y) * 2 - 1);
      sum += crest * crest * weight;
      total += weight;
      weight *= 0.5;
      const turned = 1.6 * x + 1.2 * y + 11.7;
      y = -1.2 * x + 1.6 * y + 3.9;
      x = turned;
    }
    return sum / total;
  };

  const eroded = (x: number, y: number, octaves: number): number => {
    let sum = 0;
    let weight = 0.55;
    let slopeX = 0;
    let slopeY = 0;
    for (let octave = 0; octave < octaves; octave++) {
      const x0 = Math.floor(x);
      const y0 = Math.floor(y);
      const fx = x - x0;
      const fy = y - y0;
      const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
      const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
      const du = 30 * fx * fx * (fx * (fx - 2) + 1);
      const dv = 30 * fy * fy * (fy * (fy - 2) + 1);
      const left = x0 & MASK;
      const right = (x0 + 1) & MASK;
      const top = (y0 & MASK) * SIZE;
      const bottom = ((y0 + 1) & MASK) * SIZE;
      const a = lattice[top + left] as number;
      const b = (lattice[top + right] as number) - a;
      const c = (lattice[bottom + left] as number) - a;
      const d = (lattice[bottom + right] as number) - a - b - c;
      slopeX += du * (b + d * v);
      slopeY += dv * (c + d * u);
      sum += (weight * (a + b * u + c * v + d * u * v)) / (1 + slopeX * slopeX + slopeY * slopeY);
      weight *= 0.5;
      const turned = 1.6 * x + 1.2 * y;
      y = -1.2 * x + 1.6 * y;
      x = turned;
    }
    return sum * 1.6;
  };

  return { at, fbm, ridged, eroded };
}
