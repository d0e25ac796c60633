import { decodeSound, SOUND_RATE_HZ } from "./decode-sound";
import { damaged } from "./media-error";
import { openPicture } from "./picture";
import { probe } from "./probe";
import type { Probe } from "./probe-result";

/** Loudness is kept for parts of a second until the length is known. */
const PART_SAMPLES = SOUND_RATE_HZ / 100;
const [WIDTH, HEIGHT, BARS] = [640, 360, 107];

/** Writes a WebP of 640 × 360 pixels with the loudness of a sound file over its time. Throws MediaError. */
export async function drawWaveform(
  path: string,
  outPath: string,
  options: { probed?: Probe; signal?: AbortSignal } = {},
): Promise<void> {
  const bars = await measureLoudness(path, BARS, options);
  const peak = Math.max(...bars, 1e-6);
  const step = WIDTH / BARS;
  const rows = bars.map((bar, index) => {
    const height = Math.max(2, (bar / peak) ** 0.8 * HEIGHT * 0.62);
    const x = (index * step + step * 0.2).toFixed(1);
    const y = ((HEIGHT - height) / 2).toFixed(1);
    return `<rect x="${x}" y="${y}" width="${(step * 0.6).toFixed(1)}" height="${height.toFixed(1)}" rx="1.8"/>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
    <rect width="100%" height="100%" fill="#161513"/><g fill="#e3a653">${rows.join("")}</g></svg>`;
  const picture = await openPicture(Buffer.from(svg));
  await picture.webp({ quality: 85 }).toFile(outPath);
}

/** RMS of equal parts of a sound file, mono, 0–1. Holds 800 bytes per second of sound. */
async function measureLoudness(
  path: string,
  parts: number,
  options: { probed?: Probe; signal?: AbortSignal },
): Promise<number[]> {
  const probed = options.probed ?? (await probe(path, options));
  if (probed.soundStream === null) throw damaged(probed.kind, undefined, "There is no sound in this file.");
  const energies: number[] = [];
  let [sum, count, odd] = [0, 0, Buffer.alloc(0)];
  const onSamples = (pcm: Buffer) => {
    const bytes = odd.length > 0 ? Buffer.concat([odd, pcm]) : pcm;
    const whole = bytes.length - (bytes.length % 2);
    odd = Buffer.from(bytes.subarray(whole));
    for (let at = 0; at < whole; at += 2) {
      sum += (bytes.readInt16LE(at) / 32_768) ** 2;
      if (++count < PART_SAMPLES) continue;
      energies.push(sum / count);
      [sum, count] = [0, 0];
    }
  };
  await decodeSound(path, { ...probed, stream: probed.soundStream }, { onSamples, signal: options.signal });
  if (count > 0) energies.push(sum / count);
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * energies.length) / parts);
    const to = Math.max(from + 1, Math.floor(((part + 1) * energies.length) / parts));
    const slice = energies.slice(from, to);
    return Math.sqrt(slice.reduce((all, energy) => all + energy, 0) / Math.max(1, slice.length));
  });
}
