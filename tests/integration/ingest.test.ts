import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAssets } from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { env } from "@/lib/env";
import { toAssetView } from "@/lib/http/media-urls";
import { storage } from "@/lib/storage";
import { ingestFile } from "@/lib/studio/ingest";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";

let database: TestDatabase;
let caller: Caller;
let viewer: Caller;
let stranger: Caller;
let folder: string;

beforeAll(async () => {
  database = await createDatabase();
  Object.assign(env(), { AUTH_SECRET: "a secret of more than thirty-two characters" });
  ({ editor: caller, viewer } = await addTeam(database.db, "here"));
  stranger = (await addTeam(database.db, "there")).owner;
  folder = await mkdtemp(join(tmpdir(), "kinora-ingest-test-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

/** The key that a link to the media of this disk is for. */
const keyOf = (url: string) => decodeURIComponent(/\/(ws_[^?]*)/.exec(url)?.[1] ?? url);

const listAll = async (prefix = "") => {
  const keys: string[] = [];
  for await (const { key } of storage().list(prefix)) keys.push(key);
  return keys;
};

describe("a picture that browsers turn differently", () => {
  it("is shown by its upright copy, and downloaded as it came", async () => {
    const path = join(folder, "turned.png");
    const create = { width: 320, height: 180, channels: 3 as const, background: "#a00" };
    await sharp({ create }).withMetadata({ orientation: 6 }).png().toFile(path);
    const asset = await ingestFile(caller, {
      path,
      filename: "turned.png",
      role: "upload",
      origin: { uploadId: "up_1" },
    });
    const view = await toAssetView(asset);
    expect([view.width, view.height, view.mime]).toEqual([180, 320, "image/png"]);
    expect(view.previewUrl).toBeNull();
    const shown = keyOf(view.url);
    expect(shown).toBe(asset.previewKey);
    expect(keyOf(view.downloadUrl)).toBe(asset.storageKey);
    const { width, height, orientation } = await sharp(storage().localPath(shown) ?? "").metadata();
    expect([width, height, orientation]).toEqual([180, 320, undefined]);
  });
});

describe("ingest of a job's file", () => {
  const still = async (name: string, background: string) => {
    const path = join(folder, name);
    await sharp({ create: { width: 320, height: 180, channels: 3, background } })
      .png()
      .toFile(path);
    return path;
  };
  const origin = {
    generationId: "gen_1",
    index: 0,
    provider: "draft",
    model: "draft:picture",
    seed: 7,
    draft: true,
  };

  it("gives the same asset to a step that is tried again, even where the bytes differ", async () => {
    const order = { filename: "still-1-1", role: "still", origin };
    const first = await ingestFile(caller, { ...order, path: await still("one.png", "#a00") });
    const again = await Promise.all([
      ingestFile(caller, { ...order, path: await still("one.png", "#a00") }),
      ingestFile(caller, { ...order, path: await still("other.png", "#0a0") }),
    ]);
    expect(again.map((asset) => asset.id)).toEqual([first.id, first.id]);
    expect(first).toMatchObject({ filename: "still-1-1.png", seed: 7, draft: true, generationId: "gen_1" });
    expect(await listAll(first.storageKey.replace(/png$/, ""))).toHaveLength(2);
  });

  it("gives every file of a generation an asset of its own, equal ones too", async () => {
    const path = await still("same.png", "#00a");
    const make = (index: number) =>
      ingestFile(caller, {
        path,
        filename: "s",
        role: "still",
        origin: { ...origin, generationId: "gen_2", index },
      });
    const assets = await Promise.all([make(0), make(1)]);
    expect(new Set(assets.map((asset) => asset.id)).size).toBe(2);
  });

  it("belongs to its workspace: the same origin elsewhere is another asset", async () => {
    const order = { path: await still("one.png", "#a00"), filename: "s", role: "still", origin };
    const theirs = await ingestFile(stranger, order);
    expect(await findAssets(caller, [theirs.id])).toEqual([]);
  });

  it("leaves no files where the asset could not be stored", async () => {
    const before = await listAll();
    const order = { path: await still("one.png", "#a00"), filename: "s", role: "still" };
    await expect(
      ingestFile(caller, { ...order, origin: { jobId: "job_none", generationId: "gen_3", index: 0 } }),
    ).rejects.toBeDefined();
    expect(await listAll()).toEqual(before);
  });

  it("refuses viewers", async () => {
    const order = { path: await still("one.png", "#a00"), filename: "s", role: "still", origin };
    await expect(ingestFile(viewer, order)).rejects.toMatchObject({ code: "forbidden" });
  });
});
