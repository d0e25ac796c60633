import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findAssets } from "@/lib/assets";
import type { Caller } from "@/lib/auth/caller";
import { env } from "@/lib/env";
import { storage } from "@/lib/storage";
import { diskStorage } from "@/lib/storage/disk/disk-storage";
import { finishUpload } from "@/lib/studio/finish-upload";
import { ingestFile } from "@/lib/studio/ingest";
import { abortUpload, beginUpload, receiveUpload } from "@/lib/studio/uploads";
import { createDatabase, type TestDatabase } from "../support/database";
import { addTeam } from "../support/people";
import { describeUploads } from "../support/upload-suite";

let database: TestDatabase;
let caller: Caller & { userId: string };
let viewer: Caller;
let stranger: Caller;
let folder: string;

beforeAll(async () => {
  database = await createDatabase();
  Object.assign(env(), { AUTH_SECRET: "a secret of more than thirty-two characters" });
  ({ editor: caller, viewer } = await addTeam(database.db, "here"));
  stranger = (await addTeam(database.db, "there")).owner;
  folder = await mkdtemp(join(tmpdir(), "kinora-upload-test-"));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

async function* chunked(bytes: Buffer, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const listAll = async (prefix = "") => {
  const keys: string[] = [];
  for await (const { key } of storage().list(prefix)) keys.push(key);
  return keys;
};
const incoming = () => readdir(join(env().KINORA_HOME, "media", ".incoming"));

describeUploads("streamed to disk", {
  folder: () => folder,
  caller: () => caller,
  viewer: () => viewer,
  stranger: () => stranger,
  send: async (id, plan, bytes) => {
    expect(plan).toEqual({ mode: "stream" });
    await receiveUpload(caller, id, chunked(bytes), bytes.length);
    return [];
  },
});

describe("a stream to disk", () => {
  const announce = async (bytes: number) =>
    (await beginUpload(caller, { name: "s.png", bytes, type: "" })).id;

  it("that breaks, ends early or never ends leaves nothing, and can begin again", async () => {
    const bytes = await sharp({ create: { width: 99, height: 99, channels: 3, background: "#123" } })
      .png()
      .toBuffer();
    const id = await announce(bytes.length);
    async function* broken() {
      yield bytes.subarray(0, 50);
      throw new Error("ECONNRESET");
    }
    async function* endless() {
      while (true) yield new Uint8Array(1_000);
    }
    for (const body of [broken(), chunked(bytes.subarray(1)), endless()]) {
      await expect(receiveUpload(caller, id, body, bytes.length)).rejects.toMatchObject({
        code: "bad_input",
      });
      expect(await incoming()).toEqual([]);
      expect(await listAll(`${caller.workspaceId}/uploads/up_`)).toEqual([]);
    }
    await expect(receiveUpload(caller, id, chunked(bytes), bytes.length - 1)).rejects.toMatchObject({
      code: "bad_input",
    });
    await receiveUpload(caller, id, chunked(bytes), bytes.length);
    expect(await finishUpload(caller, id, { parts: [] })).toMatchObject({ kind: "picture" });
    await expect(receiveUpload(caller, id, chunked(bytes), bytes.length)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("takes no more from the sender than the disk has taken", async () => {
    const id = await announce(400 * 65_536);
    let ahead = 0;
    async function* watched() {
      for (let i = 0; i < 400; i++) {
        const written = (await newestSize()) ?? 0;
        ahead = Math.max(ahead, i * 65_536 - written);
        yield new Uint8Array(65_536);
      }
    }
    await receiveUpload(caller, id, watched(), 400 * 65_536);
    expect(ahead).toBeLessThan(1_000_000);
    await abortUpload(caller, id);
  });

  async function newestSize(): Promise<number | undefined> {
    const [name] = await incoming().catch(() => []);
    return name ? (await stat(join(env().KINORA_HOME, "media", ".incoming", name))).size : undefined;
  }
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

const canMount = process.platform === "linux" && process.getuid?.() === 0 && mounts();
if (!canMount)
  console.warn("Not allowed to mount a small file system: a full disk is not tested in this run.");

describe.runIf(canMount)("a full disk", () => {
  let small: string;
  beforeAll(async () => {
    small = await mkdtemp(join(tmpdir(), "kinora-full-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", small]);
  });
  afterAll(async () => {
    execFileSync("umount", [small]);
    await rm(small, { recursive: true });
  });

  it("is told as such, leaves nothing behind, and takes what fits", async () => {
    const disk = diskStorage(join(small, "media"));
    const path = join(folder, "large.bin");
    await writeFile(path, Buffer.alloc(3_000_000));
    const full = { code: "disk_full", status: 507, action: expect.stringContaining("Free some space") };
    for (const body of [Readable.from(chunked(Buffer.alloc(3_000_000))), { path }, Buffer.alloc(3_000_000)]) {
      await expect(disk.put("ws_1/a.bin", body, "application/octet-stream")).rejects.toMatchObject(full);
      expect(await readdir(join(small, "media", ".incoming"))).toEqual([]);
      expect(await disk.head("ws_1/a.bin")).toBeNull();
    }
    await disk.put("ws_1/a.bin", Buffer.alloc(500_000), "application/octet-stream");
    expect(await disk.head("ws_1/a.bin")).toMatchObject({ bytes: 500_000 });
  });
});

function mounts(): boolean {
  const at = join(tmpdir(), `kinora-mount-${process.pid}`);
  try {
    execFileSync("mkdir", [at]);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", at], { stdio: "ignore" });
    execFileSync("umount", [at]);
    return true;
  } catch {
    return false;
  } finally {
    execFileSync("rm", ["-rf", at]);
  }
}
