import type { Colour } from "./colour";

/** Nodes on each side of the cube; between them ffmpeg interpolates. */
const SIDE = 33;
/** Light of a white page on an HDR screen (ITU-R BT.2408): it becomes the white of an ordinary one. */
const WHITE_NITS = 203;
/** Highlights up to here are rolled off; above they are white. */
const PEAK_NITS = 1000;
/** Below this share of white nothing is changed. */
const KNEE = 0.7;

type Rgb = [number, number, number];

/** Linear light of BT.2020 and P3 (D65) in BT.709's primaries: products of the matrices in ITU-R BT.2087, SMPTE RP 431. */
const TO_BT709: Record<Colour["primaries"], Rgb[]> = {
  bt709: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  bt2020: [
    [1.6605, -0.5876, -0.0728],
    [-0.1246, 1.1329, -0.0083],
    [-0.0182, -0.1006, 1.1187],
  ],
  p3: [
    [1.2249, -0.2247, 0],
    [-0.042, 1.0419, 0],
    [-0.0197, -0.0786, 1.0979],
  ],
};

/**
 * A cube (.cube, 33³, RGB 0–1) that turns coded RGB of this colour into BT.709: tone-mapped with its hue kept, and
 * drawn into the smaller gamut. One table instead of filters that many builds of ffmpeg lack.
 */
export function makeToneCube(colour: Colour): string {
  const rows = [`LUT_3D_SIZE ${SIDE}`];
  const at = (index: number) => index / (SIDE - 1);
  for (let b = 0; b < SIDE; b++)
    for (let g = 0; g < SIDE; g++)
      for (let r = 0; r < SIDE; r++) {
        const mapped = mapColour([at(r), at(g), at(b)], colour);
        rows.push(mapped.map((value) => value.toFixed(5)).join(" "));
      }
  return `${rows.join("\n")}\n`;
}

/** One coded colour of 0–1 as coded BT.709 of 0–1. */
export function mapColour(coded: Rgb, { transfer, primaries }: Colour): Rgb {
  const light = toLight(coded, transfer);
  const toned = transfer === "sdr" ? light : compress(light);
  const rows = TO_BT709[primaries];
  const moved = rows.map((row) => row.reduce((sum, factor, i) => sum + factor * (toned[i] ?? 0), 0)) as Rgb;
  return intoGamut(moved).map(encode) as Rgb;
}

/** Linear light where 1 is white: BT.2100 for PQ and HLG (on a screen of 1,000 cd/m²), a screen's gamma for SDR. */
function toLight(coded: Rgb, transfer: Colour["transfer"]): Rgb {
  if (transfer === "sdr") return coded.map((value) => value ** 2.4) as Rgb;
  if (transfer === "pq") return coded.map((value) => pqNits(value) / WHITE_NITS) as Rgb;
  const scene = coded.map(hlgScene) as Rgb;
  const luminance = 0.2627 * scene[0] + 0.678 * scene[1] + 0.0593 * scene[2];
  const gain = (luminance ** 0.2 * 1000) / WHITE_NITS;
  return scene.map((value) => value * gain) as Rgb;
}

function pqNits(value: number): number {
  const root = value ** (32 / 2523);
  return 10_000 * (Math.max(0, root - 0.8359375) / (18.8515625 - 18.6875 * root)) ** (16_384 / 2610);
}

function hlgScene(value: number): number {
  return value <= 0.5 ? value ** 2 / 3 : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;
}

/** Rolls the brightest channel off above the knee and takes the others along: hues stay. */
function compress(light: Rgb): Rgb {
  const most = Math.max(...light);
  if (most <= KNEE) return light;
  const room = PEAK_NITS / WHITE_NITS - KNEE;
  const over = Math.min(1, (most - KNEE) / room);
  // A curve that leaves the knee with slope 1 and reaches white, flat, at the peak.
  const slope = room / (1 - KNEE);
  const toned = KNEE + (1 - KNEE) * (1 - (1 - over) ** slope);
  return light.map((value) => (value * toned) / most) as Rgb;
}

/** Colours outside the gamut lose saturation, not their lightness. */
function intoGamut(rgb: Rgb): Rgb {
  const luminance = Math.min(1, Math.max(0, 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]));
  const [least, most] = [Math.min(...rgb), Math.max(...rgb)];
  const down = least < 0 ? luminance / (luminance - least) : 1;
  const up = most > 1 ? (1 - luminance) / (most - luminance) : 1;
  const share = Math.min(down, up);
  return rgb.map((value) => Math.min(1, Math.max(0, luminance + (value - luminance) * share))) as Rgb;
}

/** Gamma 2.4 of BT.1886: what a screen undoes. */
function encode(value: number): number {
  return value ** (1 / 2.4);
}
