import { MediaError } from "./media-error";
import { openPicture } from "./picture";
import { runFfmpeg } from "./run-ffmpeg";

const SAMPLE_RATE_HZ = 8_000;
const [WIDTH, HEIGHT, BARS] = [640, 360, 107];

/** Writes a WebP of 640 × 360 pixels with the loudness of a sound file over its time. Throws MediaError. */
export async function drawWaveform(path: string, outPath: string, signal?: AbortSignal): Promise<void> {
  const bars = await measureLoudness(path, BARS, signal);
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

/** RMS of equal parts of a sound file, mono, 0–1. Holds 16 kB per second of sound. */
async function measureLoudness(path: string, parts: number, signal?: AbortSignal): Promise<number[]> {
  const pcm = await runFfmpeg({
    inputs: [{ path }],
    outputs: [{ options: ["-map", "0:a:0", "-ac", "1", "-ar", String(SAMPLE_RATE_HZ), "-f", "s16le"] }],
    timeLimitSeconds: 120,
    // Three hours at 8 kHz and 16 bit are 173 MB.
    maxStdoutBytes: 200 * 1024 * 1024,
    signal,
  });
  const samples = Math.floor(pcm.length / 2);
  if (samples === 0) {
    throw new MediaError(
      "invalid",
      "There is no sound in this file.",
      "Check that it plays, and upload it again.",
    );
  }
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * samples) / parts);
    const to = Math.max(from + 1, Math.floor(((part + 1) * samples) / parts));
    let sum = 0;
    for (let at = from; at < to; at++) sum += (pcm.readInt16LE(Math.min(at, samples - 1) * 2) / 32_768) ** 2;
    return Math.sqrt(sum / (to - from));
  });
}
