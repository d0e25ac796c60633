import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "@/lib/auth/caller";
import { schema } from "@/lib/db";
import { env } from "@/lib/env";
import { diskStorage } from "@/lib/storage/disk/disk-storage";
import { finishUpload } from "@/lib/studio/finish-upload";
import { abortUpload, beginUpload, receivePart, resumeUpload } from "@/lib/studio/uploads";
import { createDatabase, type TestDatabase } from "../support/database";
import { addMember, addTeam } from "../support/people";
import { chunked } from "../support/upload-bytes";
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

describeUploads("in parts to disk", {
  folder: () => folder,
  caller: () => caller,
  viewer: () => viewer,
  stranger: () => stranger,
  send: async ({ id, partBytes, urls }, bytes, numbers) => {
    expect(urls).toBeNull();
    const count = Math.ceil(bytes.length / partBytes);
    for (const number of numbers ?? Array.from({ length: count }, (_, index) => index + 1)) {
      const part = bytes.subarray((number - 1) * partBytes, number * partBytes);
      await receivePart(caller, id, { number, declaredBytes: part.length, body: chunked(part) });
    }
    return [];
  },
});

describe("a part on its way to disk", () => {
  const announce = async (bytes: number) =>
    (await beginUpload(caller, { name: "s.png", bytes, type: "" })).id;
  const partsOf = async (id: string) => {
    const [row] = await database.db.select().from(schema.upload).where(eq(schema.upload.id, id));
    return join(env().KINORA_HOME, "media", ".uploads", row?.handle ?? "none");
  };

  it("that breaks, ends early or never ends leaves nothing, and can begin again", async () => {
    const bytes = await sharp({ create: { width: 99, height: 99, channels: 3, background: "#123" } })
      .png()
      .toBuffer();
    const id = await announce(bytes.length);
    const take = (body: AsyncIterable<Uint8Array>) =>
      receivePart(caller, id, { number: 1, declaredBytes: bytes.length, body });
    async function* broken() {
      yield bytes.subarray(0, 50);
      throw new Error("ECONNRESET");
    }
    async function* endless() {
      while (true) yield new Uint8Array(1_000);
    }
    for (const body of [broken(), chunked(bytes.subarray(1)), endless()]) {
      await expect(take(body)).rejects.toMatchObject({ code: "bad_input" });
      expect(await readdir(await partsOf(id))).toEqual([]);
    }
    await take(chunked(bytes));
    const folder = await partsOf(id);
    expect(await finishUpload(caller, id, { parts: [] })).toMatchObject({ kind: "picture" });
    await expect(readdir(folder)).rejects.toThrow("ENOENT");
    await expect(take(chunked(bytes))).rejects.toMatchObject({ code: "conflict" });
  });

  it("takes no more from the sender than the disk has taken", async () => {
    const length = 30 * 65_536;
    const id = await announce(length);
    const folder = await partsOf(id);
    let ahead = 0;
    async function* watched() {
      for (let i = 0; i < 30; i++) {
        const [name] = await readdir(folder);
        const written = name ? (await stat(join(folder, name))).size : 0;
        ahead = Math.max(ahead, i * 65_536 - written);
        yield new Uint8Array(65_536);
      }
    }
    await receivePart(caller, id, { number: 1, declaredBytes: length, body: watched() });
    expect(ahead).toBeLessThan(600_000);
    await abortUpload(caller, id);
  });
});

describe("open uploads", () => {
  const announce = (by: Caller) => beginUpload(by, { name: "a.png", bytes: 100, type: "" });
  const count = async (outcome: Promise<PromiseSettledResult<unknown>[]>) =>
    (await outcome).filter(({ status }) => status === "fulfilled").length;

  it("are limited for a person and a workspace, also when all are announced at once", async () => {
    const team = await addTeam(database.db, "crowded");
    const at = (by: Caller, times: number) =>
      Promise.allSettled(Array.from({ length: times }, () => announce(by)));
    expect(await count(at(team.editor, 130))).toBe(100);
    await expect(announce(team.editor)).rejects.toMatchObject({ code: "throttled" });
    const others = await Promise.all(
      [1, 2, 3, 4].map((n) => addMember(database.db, team.workspaceId, "editor", `Ed${n}`)),
    );
    const made = await Promise.all(others.map((other) => count(at(other, 105))));
    expect(made.reduce((sum, one) => sum + one, 0)).toBe(400);
    await expect(announce(team.owner)).rejects.toMatchObject({
      code: "throttled",
      message: "500 uploads of this workspace are still open.",
    });
  });

  it("stay open while parts come, but not for ever", async () => {
    const { id } = await announce(caller);
    const set = (columns: { createdAt: Date; expiresAt: Date }) =>
      database.db.update(schema.upload).set(columns).where(eq(schema.upload.id, id));
    const hours = (count: number) => new Date(Date.now() + count * 3_600_000);
    await set({ createdAt: hours(-50), expiresAt: hours(1) });
    await receivePart(caller, id, { number: 1, declaredBytes: 100, body: chunked(Buffer.alloc(100)) });
    const read = async () =>
      (await database.db.select().from(schema.upload).where(eq(schema.upload.id, id)))[0]?.expiresAt ?? 0;
    expect(Number(await read())).toBeGreaterThan(Number(hours(23)));
    await set({ createdAt: hours(-7 * 24 + 2), expiresAt: hours(1) });
    await resumeUpload(caller, id);
    expect(Number(await read())).toBeLessThan(Number(hours(3)));
    await set({ createdAt: hours(-30), expiresAt: hours(-1) });
    await expect(resumeUpload(caller, id)).rejects.toMatchObject({ code: "not_found" });
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
