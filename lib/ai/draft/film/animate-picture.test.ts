import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { configureMedia, probe, runFfmpeg, verifyVideo } from "@/lib/media";
import { everyFfmpeg } from "@/lib/media/testing";
import { asInput, difference, draw, make } from "../testing";

describe.each(everyFfmpeg())("draft films with %s", (_name, programs) => {
  let photo: Buffer;
  beforeAll(async () => {
    configureMedia(programs);
    photo = await sharp(grain(1500, 1000), { raw: { width: 1500, height: 1000, channels: 3 } })
      .blur(6)
      .linear(2.2, -150)
      .jpeg()
      .toBuffer();
    return () => configureMedia({});
  });

  const film = async (image: Buffer, prompt: string, over: object = {}, signal?: AbortSignal) => {
    const input = {
      image: asInput(image),
      prompt,
      durationSeconds: 2,
      ratio: "16:9" as const,
      seed: 3,
      ...over,
    };
    const { files } = await make({ capability: "animateImage", model: "draft:camera", input }, signal);
    const file = files[0];
    if (file?.from !== "path") throw new Error("A film should be a file.");
    return file.path;
  };

  it("have exactly the frames of their length, in every shape", { timeout: 120_000 }, async () => {
    for (const [ratio, width, height] of [
      ["16:9", 1280, 720],
      ["9:16", 720, 1280],
      ["1:1", 960, 960],
      ["4:3", 1104, 828],
      ["3:4", 828, 1104],
    ] as const) {
      const path = await film(photo, "pan left", { ratio, durationSeconds: 0.5 });
      await verifyVideo(path, { frames: 12, durationSeconds: 0.5, decode: true });
      expect(await probe(path)).toMatchObject({
        width,
        height,
        fps: 24,
        hasAudio: false,
        videoCodec: "h264",
      });
    }
  });

  it("are the same for the same seed", { timeout: 60_000 }, async () => {
    const first = await readFile(await film(photo, "push in, snow"));
    expect((await readFile(await film(photo, "push in, snow"))).equals(first)).toBe(true);
  });

  it.each(["push in", "pan right", "orbit left"])("move evenly: %s", { timeout: 60_000 }, async (move) => {
    const steps = await frameSteps(await film(photo, move));
    const steady = steps.slice(10, -10);
    const mean = steady.reduce((a, b) => a + b, 0) / steady.length;
    expect(mean).toBeGreaterThan(0.3);
    for (const step of steady) expect(Math.abs(step / mean - 1)).toBeLessThan(0.35);
    // Soft start: the first steps are smaller than the steady ones.
    expect(steps[0]).toBeLessThan(mean);
  });

  it("of drawn pictures leave their slate behind", { timeout: 60_000 }, async () => {
    const still = (await draw("calm abstract", { seed: 9 })).pictures[0] as Buffer;
    const path = await film(still, "hold", { durationSeconds: 1 });
    const frame = await runFfmpeg({
      inputs: [{ path }],
      outputs: [{ options: ["-frames:v", "1", "-c:v", "png", "-f", "image2pipe"] }],
      timeLimitSeconds: 20,
    });
    expect(await sharp(frame).metadata()).toMatchObject({ width: 1280, height: 720 });
    expect(await difference(still, frame)).toBeLessThan(14);
  });

  it("stop when asked", async () => {
    await expect(film(photo, "pan", { durationSeconds: 15 }, AbortSignal.timeout(400))).rejects.toThrow(
      /aborted/,
    );
  });

  it("say clearly what is wrong with a picture", async () => {
    const broken = photo.subarray(0, photo.length / 2);
    const error = await film(broken, "pan").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ provider: "draft", retry: "never" });
  });
});

/** Noise around middle grey, the same in every run. */
function grain(width: number, height: number): Buffer {
  let state = 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  // The sum of four even numbers is close to a normal distribution.
  return Buffer.from(
    Array.from({ length: width * height * 3 }, () => 120 + (next() + next() + next() + next() - 2) * 100),
  );
}

/** Mean absolute change between successive frames at 160 × 90, in 8-bit values. */
async function frameSteps(path: string): Promise<number[]> {
  const grey = await runFfmpeg({
    inputs: [{ path }],
    outputs: [{ options: ["-vf", "scale=160:90:flags=area,format=gray", "-f", "rawvideo"] }],
    timeLimitSeconds: 30,
  });
  const size = 160 * 90;
  return Array.from({ length: grey.length / size - 1 }, (_, frame) => {
    let sum = 0;
    for (let i = 0; i < size; i++)
      sum += Math.abs((grey[(frame + 1) * size + i] ?? 0) - (grey[frame * size + i] ?? 0));
    return sum / size;
  });
}
