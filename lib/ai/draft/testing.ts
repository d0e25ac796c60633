/** Support for the draft engine's tests: orders made as the studio makes them. Imported by tests only. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, expect } from "vitest";
import type { MediaInput, Order } from "../capability";
import type { BeginContext } from "../provider";
import { actions } from "./index";

const folder = await mkdtemp(join(tmpdir(), "kinora-draft-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

const context = (signal = new AbortController().signal): BeginContext => ({
  key: "gen_1",
  workFolder: folder,
  signal,
});

export function asInput(bytes: Buffer, mime = "image/png"): MediaInput {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { mime, bytes: bytes.length, sha256, url: async () => undefined, read: async () => bytes };
}

export async function make(order: Order, signal?: AbortSignal) {
  const send = await actions.prepare(order, context(signal));
  const begun = await send();
  if (begun.state === "declined") throw begun.error;
  if (begun.state !== "succeeded") throw new Error("The draft engine should have finished.");
  expect(begun.costMicros).toBe(0);
  return begun.outputs;
}

export async function draw(
  prompt: string,
  over: Partial<Extract<Order, { capability: "generateImage" }>["input"]> = {},
) {
  const input = { prompt, ratio: "16:9" as const, count: 1, seed: 1, references: [], ...over };
  const { files, seed } = await make({ capability: "generateImage", model: "draft:storyboard", input });
  const pictures = files.map((file) => (file.from === "bytes" ? file.bytes : Buffer.alloc(0)));
  return { pictures, seed };
}

/** Mean absolute difference of two pictures, 0–255. */
export async function difference(a: Buffer, b: Buffer): Promise<number> {
  const [p, q] = await Promise.all(
    [a, b].map((x) => sharp(x).resize(160, 90, { fit: "fill" }).raw().toBuffer()),
  );
  if (!p || !q) return 0;
  return p.reduce((sum, value, at) => sum + Math.abs(value - (q[at] ?? 0)), 0) / p.length;
}
