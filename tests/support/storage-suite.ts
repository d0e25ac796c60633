import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import type { Storage } from "@/lib/storage";

export type StorageUnderTest = {
  storage(): Storage;
  /** Fetches a signed URL the way a browser would. */
  open(url: string, init?: RequestInit): Promise<Response>;
  /** Unfinished files or uploads that are there now. */
  unfinished(): Promise<number>;
};

/** What every storage does. Each of them passes the same tests. */
export function describeStorage(name: string, { storage, open, unfinished }: StorageUnderTest): void {
  const read = async (key: string, range?: { start: number; end?: number }) =>
    buffer((await storage().get(key, range)).stream);

  describe(`${name}: files`, () => {
    it.each([0, 1, 5_000_000, 9_000_000])("come out as they went in: %i bytes", async (length) => {
      const bytes = randomBytes(length);
      const chunks = Array.from({ length: Math.ceil(length / 65_536) }, (_, i) =>
        bytes.subarray(i * 65_536, (i + 1) * 65_536),
      );
      expect(await storage().put("ws_1/a.png", Readable.from(chunks), "image/png")).toEqual({
        bytes: length,
      });
      expect((await read("ws_1/a.png")).equals(bytes)).toBe(true);
      expect(await storage().head("ws_1/a.png")).toEqual({ bytes: length, mime: "image/png" });
    });

    it("are taken from a buffer and from a path, which stays", async () => {
      const folder = await mkdtemp(join(tmpdir(), "kinora-suite-"));
      const path = join(folder, "Ünïcode – 图片.mp4");
      await writeFile(path, "film");
      expect(await storage().put("ws_1/b.webp", Buffer.from("picture"), "image/webp")).toEqual({ bytes: 7 });
      expect(await storage().put("ws_1/c.mp4", { path }, "video/mp4")).toEqual({ bytes: 4 });
      expect(await storage().put("ws_1/c.mp4", { path }, "video/mp4")).toEqual({ bytes: 4 });
      expect(String(await read("ws_1/b.webp"))).toBe("picture");
      expect(String(await read("ws_1/c.mp4"))).toBe("film");
      await rm(folder, { recursive: true });
    });

    it("come out in ranges", async () => {
      await storage().put("ws_1/r.mp4", Buffer.from("0123456789"), "video/mp4");
      expect(String(await read("ws_1/r.mp4", { start: 2, end: 4 }))).toBe("234");
      expect(String(await read("ws_1/r.mp4", { start: 7 }))).toBe("789");
      expect(String(await read("ws_1/r.mp4", { start: 8, end: 99 }))).toBe("89");
      expect((await storage().get("ws_1/r.mp4", { start: 2, end: 4 })).bytes).toBe(10);
      await expect(storage().get("ws_1/r.mp4", { start: 10 })).rejects.toMatchObject({ code: "bad_input" });
    });

    it("are copied, onto themselves too", async () => {
      await storage().put("ws_1/from.bin", Buffer.from("bytes"), "application/octet-stream");
      await storage().copy("ws_1/from.bin", "ws_1/to.png", "image/png");
      await storage().copy("ws_1/from.bin", "ws_1/to.png", "image/png");
      await storage().delete(["ws_1/from.bin"]);
      expect(await storage().head("ws_1/to.png")).toEqual({ bytes: 5, mime: "image/png" });
      expect(String(await read("ws_1/to.png"))).toBe("bytes");
      expect(await unfinished()).toBe(0);
    });

    it("that are not there are told so, and are deleted without a word", async () => {
      expect(await storage().head("ws_1/none.png")).toBeNull();
      await expect(storage().get("ws_1/none.png")).rejects.toMatchObject({ code: "not_found" });
      await expect(storage().copy("ws_1/none.png", "ws_1/x.png", "image/png")).rejects.toMatchObject({
        code: "not_found",
      });
      await storage().delete(["ws_1/none.png", "ws_9/none.png"]);
    });

    it("are listed under a prefix", async () => {
      for (const key of [
        "ws_l/job_1/asset_1.png",
        "ws_l/job_1/asset_1.thumb.webp",
        "ws_l/job_2/asset_2.png",
      ]) {
        await storage().put(key, Buffer.from("x"), "image/png");
      }
      const list = async (prefix: string) => {
        const keys: string[] = [];
        for await (const { key } of storage().list(prefix)) keys.push(key);
        return keys.sort();
      };
      expect(await list("ws_l/job_1/asset_1.")).toEqual([
        "ws_l/job_1/asset_1.png",
        "ws_l/job_1/asset_1.thumb.webp",
      ]);
      expect(await list("ws_l/")).toHaveLength(3);
      expect(await list("ws_l/job")).toHaveLength(3);
      expect(await list("ws_none/")).toEqual([]);
      expect((await list("")).length).toBeGreaterThanOrEqual(3);
    });

    it("pass a check of the whole store", async () => {
      await storage().check();
      const left: string[] = [];
      for await (const { key } of storage().list("check/")) left.push(key);
      expect(left).toEqual([]);
    });
  });

  describe(`${name}: interrupted puts`, () => {
    it.each([1, 20])("leave nothing after %i chunks", async (chunks) => {
      const error = new Error("the sender went away");
      const body = Readable.from(
        (async function* () {
          for (let i = 0; i < chunks; i++) yield Buffer.alloc(1_000_000, i);
          throw error;
        })(),
      );
      await expect(storage().put("ws_1/broken.mp4", body, "video/mp4")).rejects.toBeDefined();
      expect(await storage().head("ws_1/broken.mp4")).toBeNull();
      expect(await unfinished()).toBe(0);
    });

    it("leave the file that was there before", async () => {
      await storage().put("ws_1/kept.mp4", Buffer.from("before"), "video/mp4");
      const body = new Readable({ read: () => undefined });
      const put = storage().put("ws_1/kept.mp4", body, "video/mp4");
      body.push(Buffer.alloc(100_000));
      setTimeout(() => body.destroy(), 50);
      await expect(put).rejects.toBeDefined();
      expect(String(await read("ws_1/kept.mp4"))).toBe("before");
      expect(await unfinished()).toBe(0);
    });
  });

  describe(`${name}: keys`, () => {
    const hostile = [
      "../etc/passwd",
      "ws_1/../../x",
      "/etc/passwd",
      "ws_1//x",
      "ws_1/./x",
      "ws_1/.hidden",
      "",
      "ws_1/",
      "a\\..\\b",
      "a\0b",
      "ws_1/ü.png",
      "ws_1/a b.png",
      "%2e%2e/x",
      "~/x",
      "C:/x",
      `ws_1/${"x".repeat(600)}`,
      ".incoming/x",
    ];
    it.each(hostile.map((key) => [key.slice(0, 30), key]))("refuse %j everywhere", async (_name, key) => {
      const refusal = { code: "not_found" };
      await expect(async () => storage().put(key, Buffer.from("x"), "image/png")).rejects.toMatchObject(
        refusal,
      );
      await expect(async () => storage().get(key)).rejects.toMatchObject(refusal);
      await expect(async () => storage().copy("ws_1/a.png", key, "image/png")).rejects.toMatchObject(refusal);
      await expect(async () => storage().delete([key])).rejects.toMatchObject(refusal);
      await expect(async () => storage().signedUrl(key)).rejects.toMatchObject(refusal);
    });
  });

  describe(`${name}: signed URLs`, () => {
    it("open the file, whole and in ranges, and stay the same for a while", async () => {
      await storage().put("ws_1/s.mp4", Buffer.from("0123456789"), "video/mp4");
      const url = await storage().signedUrl("ws_1/s.mp4");
      expect(await storage().signedUrl("ws_1/s.mp4")).toBe(url);
      const whole = await open(url);
      expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "video/mp4"]);
      expect(whole.headers.get("cache-control")).toMatch(/^private, max-age=\d+, immutable$/);
      expect(await whole.text()).toBe("0123456789");
      const range = await open(url, { headers: { range: "bytes=3-5" } });
      expect([range.status, range.headers.get("content-range")]).toEqual([206, "bytes 3-5/10"]);
      expect(await range.text()).toBe("345");
    });

    it("save under a name of any script", async () => {
      await storage().put("ws_1/d.png", Buffer.from("x"), "image/png");
      const url = await storage().signedUrl("ws_1/d.png", { downloadAs: 'Füße "im" Gras – 图.png' });
      const disposition = (await open(url)).headers.get("content-disposition");
      expect(disposition).toBe(
        "attachment; filename=\"F__e _im_ Gras _ _.png\"; filename*=UTF-8''F%C3%BC%C3%9Fe%20_im_%20Gras%20%E2%80%93%20%E5%9B%BE.png",
      );
    });

    it("of a file that is gone are not found", async () => {
      const url = await storage().signedUrl("ws_1/gone.png");
      expect((await open(url)).status).toBe(404);
    });
  });
}
