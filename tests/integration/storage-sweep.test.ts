import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Asset, deleteAssets, findAssets } from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { schema } from "@/lib/db";
import { env } from "@/lib/env";
import { storage } from "@/lib/storage";
import { ingestFile } from "@/lib/studio/ingest";
import { listOrphans } from "@/lib/studio/orphans";
import { sweepMedia } from "@/lib/studio/sweep";
import { beginUpload, receivePart, resumeUpload } from "@/lib/studio/uploads";
import { createDatabase, type TestDatabase } from "../support/database";
import { describeOrphans } from "../support/orphan-suite";
import { addTeam } from "../support/people";

let database: TestDatabase;
let caller: Caller;
let folder: string;

beforeAll(async () => {
  database = await createDatabase();
  folder = await mkdtemp(join(tmpdir(), "kinora-sweep-test-"));
  Object.assign(env(), { AUTH_SECRET: "a secret of more than thirty-two characters" });
  ({ editor: caller } = await addTeam(database.db, "here"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await sweepMedia();
});

const listAll = async () => {
  const keys: string[] = [];
  for await (const { key } of storage().list("")) keys.push(key);
  return keys.sort();
};
let made = 0;
const addAsset = async (): Promise<Asset> => {
  const path = join(folder, "still.png");
  await sharp({ create: { width: 99, height: 99, channels: 3, background: "#123" } })
    .png()
    .toFile(path);
  made += 1;
  const origin = { generationId: `gen_${made}`, index: 0 };
  return ingestFile(caller, { path, filename: "still", role: "still", origin });
};
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);

describe("the sweep", () => {
  it("removes uploads whose time is over, with their bytes", async () => {
    const bytes = Buffer.from("bytes");
    const announce = () => beginUpload(caller, { name: "a.png", bytes: bytes.length, type: "" });
    const [expired, open] = [await announce(), await announce()];
    async function* body() {
      yield bytes;
    }
    for (const { id } of [expired, open])
      await receivePart(caller, id, { number: 1, declaredBytes: bytes.length, body: body() });
    const folders = () => readdir(join(env().KINORA_HOME, "media", ".uploads"));
    expect(await folders()).toHaveLength(2);
    await database.db
      .update(schema.upload)
      .set({ expiresAt: daysAgo(1) })
      .where(eq(schema.upload.id, expired.id));
    expect(await sweepMedia()).toMatchObject({ uploads: 1 });
    expect(await sweepMedia()).toMatchObject({ uploads: 0 });
    expect(await folders()).toHaveLength(1);
    expect((await resumeUpload(caller, open.id)).arrived).toEqual([1]);
    await expect(resumeUpload(caller, expired.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("leaves parts alone as long as their upload can be gone on with, however old", async () => {
    const [folder = ""] = await readdir(join(env().KINORA_HOME, "media", ".uploads"));
    const path = join(env().KINORA_HOME, "media", ".uploads", folder);
    await utimes(path, daysAgo(6), daysAgo(6));
    await sweepMedia();
    expect(await readdir(path)).toEqual(["1"]);
    await utimes(path, daysAgo(9), daysAgo(9));
    expect(await sweepMedia()).toMatchObject({ unfinished: 1 });
  });

  it("removes what was deleted thirty days ago, with all that was derived from it, and nothing else", async () => {
    const [gone, binned, kept] = [await addAsset(), await addAsset(), await addAsset()];
    await storage().put(`${gone.storageKey}.proxy.jpg`, Buffer.from("proxy"), "image/jpeg");
    await deleteAssets(caller, [gone.id, binned.id]);
    await database.db
      .update(schema.asset)
      .set({ deletedAt: daysAgo(30.01) })
      .where(eq(schema.asset.id, gone.id));
    expect(await sweepMedia()).toMatchObject({ assets: 1 });
    const keys = await listAll();
    expect(keys.filter((key) => key.includes(gone.id))).toEqual([]);
    expect(keys.filter((key) => key.includes(binned.id))).toHaveLength(2);
    expect(keys.filter((key) => key.includes(kept.id))).toHaveLength(2);
    const rows = await findAssets(caller, [gone.id, binned.id, kept.id], { includeDeleted: true });
    expect(rows.map((row) => row.id)).toEqual([binned.id, kept.id]);
  });

  it("removes what crashes left: unfinished files and work folders, none that may be in use", async () => {
    const incoming = join(env().KINORA_HOME, "media", ".incoming");
    await mkdir(incoming, { recursive: true });
    const work = [
      await mkdtemp(join(tmpdir(), "kinora-work-")),
      await mkdtemp(join(tmpdir(), "kinora-work-")),
    ];
    await writeFile(join(incoming, "crashed"), "x");
    await writeFile(join(incoming, "busy"), "x");
    for (const path of [join(incoming, "crashed"), work[0] ?? ""]) await utimes(path, daysAgo(2), daysAgo(2));
    const swept = await sweepMedia();
    expect(swept.unfinished).toBe(1);
    expect(swept.folders).toBeGreaterThanOrEqual(1);
    expect(await readdir(incoming)).toEqual(["busy"]);
    const left = await readdir(tmpdir());
    expect(work.map((path) => left.some((name) => path.endsWith(name)))).toEqual([false, true]);
    await rm(work[1] ?? "", { recursive: true });
    await rm(join(incoming, "busy"));
  });
});

it("lists files that nobody knows of, old ones only, and leaves them where they are", async () => {
  const asset = await addAsset();
  const orphan = `${caller.workspaceId}/job_1/asset_unknown.png`;
  const young = `${caller.workspaceId}/job_1/asset_young.png`;
  for (const key of [orphan, young]) await storage().put(key, Buffer.from("x"), "image/png");
  for (const key of [orphan, asset.storageKey]) {
    await utimes(storage().localPath(key) ?? "", daysAgo(1), daysAgo(1));
  }
  const orphans: string[] = [];
  for await (const { key } of listOrphans()) orphans.push(key);
  expect(orphans).toEqual([orphan]);
  expect(await storage().head(orphan)).not.toBeNull();
});

describeOrphans("on disk", () => caller);
