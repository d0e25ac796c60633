/** Linear light, red green blue; 1 is white, more is brighter than white. */
export type Rgb = readonly [number, number, number];

const known = new Map<string, Rgb>();

/** `#rrggbb` in linear light. Remembered, since it is asked for inside loops over pixels. */
export function hex(code: string): Rgb {
  let colour = known.get(code);
  if (colour === undefined) {
    const value = Number.parseInt(code.slice(1), 16);
    colour = [toLinear(value >> 16), toLinear((value >> 8) & 255), toLinear(value & 255)];
    known.set(code, colour);
  }
  return colour;
}

function toLinear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** Linear light as `#rrggbb`. */
export function code(colour: Rgb): string {
  const bytes = colour.map((v) => {
    const clipped = Math.min(1, Math.max(0, v));
    return Math.round((clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055) * 255);
  });
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

export function mix(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export function add(a: Rgb, b: Rgb): Rgb {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

export function scale(colour: Rgb, by: number): Rgb {
  return [colour[0] * by, colour[1] * by, colour[2] * by];
}

export function multiply(a: Rgb, b: Rgb): Rgb {
  return [a[0] * b[0], a[1] * b[1], a[2] * b[2]];
}

function luminance(colour: Rgb): number {
  return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2];
}

/** 0 grey, 1 as it is, more is stronger. */
export function saturate(colour: Rgb, by: number): Rgb {
  const grey = luminance(colour);
  return [
    Math.max(0, grey + (colour[0] - grey) * by),
    Math.max(0, grey + (colour[1] - grey) * by),
    Math.max(0, grey + (colour[2] - grey) * by),
  ];
}

/** Hue in degrees, saturation and lightness 0–1, to linear light. */
export function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  return [
    hslChannel(0, hue, reach, lightness),
    hslChannel(8, hue, reach, lightness),
    hslChannel(4, hue, reach, lightness),
  ];
}

/** One channel as CSS Color 4 §7.1 has it. */
function hslChannel(n: number, hue: number, reach: number, lightness: number): number {
  const k = (((n + hue / 30) % 12) + 12) % 12;
  return toLinear(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
}

export function smooth(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Like Math.hypot, which is many times slower for its care about overflow. */
export function length(x: number, y: number, z = 0): number {
  return Math.sqrt(x * x + y * y + z * z);
}
