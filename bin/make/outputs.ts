import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { pipeline as pipe } from "node:stream/promises";
import { type Asset, findAssets } from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { AppError } from "@/lib/errors";
import type { JobRecord } from "@/lib/jobs";
import { RATIOS } from "@/lib/jobs/schema";
import { storage } from "@/lib/storage";

export type Output = {
  role: "film" | "picture" | "still" | "audio" | "captions" | "timeline" | "manifest";
  /** Absolute. */
  path: string;
  ratio: string | null;
};

/** Sees that the folder is there and takes files, before anything is made. */
export async function prepareOut(folder: string): Promise<string> {
  const out = resolve(folder);
  try {
    await mkdir(out, { recursive: true });
    const trial = join(out, `.write-${process.pid}`);
    await writeFile(trial, "");
    await rm(trial);
    return out;
  } catch (cause) {
    throw new AppError("bad_input", `The folder ${out} cannot be written.`, {
      action: "Choose another with --out.",
      cause,
    });
  }
}

/** Copies what a job has made into the folder, with a manifest of how it was made. */
export async function copyOutputs(caller: Caller, record: JobRecord, out: string): Promise<Output[]> {
  const assets = await findAssets(
    caller,
    record.made.map((one) => one.id),
  );
  const counts = new Map<string, number>();
  const files: { output: Output; asset: Asset }[] = [];
  for (const asset of assets.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    const role = roleOf(asset);
    const nth = (counts.get(role) ?? 0) + 1;
    counts.set(role, nth);
    const single = assets.filter((other) => roleOf(other) === role).length === 1;
    const path = join(out, `${role}${single ? "" : `-${nth}`}${extname(asset.storageKey)}`);
    await copyAsset(asset, path);
    files.push({ output: { role, path, ratio: ratioOf(asset) }, asset });
  }
  const manifest = join(out, "manifest.json");
  await writeFile(manifest, `${JSON.stringify(describe(record, files), null, 2)}\n`);
  return [...files.map(({ output }) => output), { role: "manifest", path: manifest, ratio: null }];
}

async function copyAsset(asset: Asset, path: string): Promise<void> {
  const half = `${path}.part`;
  const { stream } = await storage().get(asset.storageKey);
  await pipe(stream, createWriteStream(half));
  await rename(half, path);
}

const ROLES: readonly string[] = ["film", "still", "captions", "timeline"];

function roleOf(asset: Asset): Output["role"] {
  if (ROLES.includes(asset.role)) return asset.role as Output["role"];
  return asset.kind === "video" ? "film" : asset.kind;
}

/** The nearest of the ratios people order, within one per cent; else the sizes themselves. */
export function ratioOf({ width, height }: { width: number | null; height: number | null }): string | null {
  if (!width || !height) return null;
  const close = RATIOS.find((name) => {
    const [w = 1, h = 1] = name.split(":").map(Number);
    return Math.abs(width / height / (w / h) - 1) < 0.01;
  });
  return close ?? `${width}:${height}`;
}

function describe({ job, steps }: JobRecord, files: { output: Output; asset: Asset }[]) {
  return {
    job: job.id,
    pipeline: job.pipeline,
    title: job.title,
    status: job.state,
    draft: job.draft,
    input: job.input,
    choices: job.choices,
    costMicros: job.costMicros,
    createdAt: job.createdAt,
    finishedAt: job.finishedAt,
    steps: steps.map(({ name, subject, state, attempts, startedAt, finishedAt, result }) => {
      return { name, subject, state, attempts, startedAt, finishedAt, result };
    }),
    outputs: files.map(({ output, asset }) => ({
      ...output,
      asset: asset.id,
      mime: asset.mime,
      bytes: asset.bytes,
      sha256: asset.sha256,
      width: asset.width,
      height: asset.height,
      durationSeconds: asset.durationSeconds,
      step: asset.stepName,
      provider: asset.provider,
      model: asset.model,
      seed: asset.seed,
      prompt: asset.prompt,
      draft: asset.draft,
      description: asset.description,
      tags: asset.tags,
      palette: asset.palette,
    })),
  };
}
