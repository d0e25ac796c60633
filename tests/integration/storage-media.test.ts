import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { env } from "@/lib/env";
import { storage } from "@/lib/storage";
import { openMedia } from "../support/open-media";

const KEY = "ws_1/job_1/asset_1.mp4";
const BYTES = Buffer.from("0123456789abcdefghij");
let home: string;
let url: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "kinora-media-route-"));
  Object.assign(env(), { AUTH_SECRET: "a secret of more than thirty-two characters", KINORA_HOME: home });
  await storage().put(KEY, BYTES, "video/mp4");
  url = await storage().signedUrl(KEY);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const ask = (headers: Record<string, string> = {}, method = "GET") => openMedia(url, { headers, method });

describe("the media route", () => {
  it("gives the whole file, never to be guessed at, run, shared or asked for again", async () => {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(String(BYTES));
    const header = (name: string) => response.headers.get(name);
    expect(header("content-length")).toBe("20");
    expect(header("content-type")).toBe("video/mp4");
    expect(header("accept-ranges")).toBe("bytes");
    expect(header("x-content-type-options")).toBe("nosniff");
    expect(header("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
    expect(header("referrer-policy")).toBe("no-referrer");
    expect(header("cache-control")).toMatch(/^private, max-age=\d{5}, immutable$/);
    expect(header("content-disposition")).toBeNull();
  });

  it.each([
    ["bytes=0-3", "0123", "bytes 0-3/20"],
    ["bytes=15-", "fghij", "bytes 15-19/20"],
    ["bytes=-2", "ij", "bytes 18-19/20"],
    ["bytes=18-99", "ij", "bytes 18-19/20"],
  ])("gives a part: %s", async (range, body, contentRange) => {
    const response = await ask({ range });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, contentRange]);
    expect(response.headers.get("content-length")).toBe(String(body.length));
    expect(await response.text()).toBe(body);
  });

  it("says 416 beyond the end, and 200 to ranges it does not know", async () => {
    const beyond = await ask({ range: "bytes=20-" });
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */20"]);
    expect((await ask({ range: "bytes=0-1,4-5" })).status).toBe(200);
    expect((await ask({ range: "lines=1-2" })).status).toBe(200);
  });

  it("answers HEAD without a body, with the length of GET", async () => {
    const whole = await ask({}, "HEAD");
    expect([whole.status, whole.headers.get("content-length"), await whole.text()]).toEqual([200, "20", ""]);
    const part = await ask({ range: "bytes=5-9" }, "HEAD");
    expect([part.status, part.headers.get("content-length")]).toEqual([206, "5"]);
  });

  it("knows its own ETag: 304, and If-Range", async () => {
    const etag = (await ask()).headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      expect((await ask({ "if-none-match": known })).status).toBe(304);
    }
    expect((await ask({ "if-none-match": '"x"' })).status).toBe(200);
    expect((await ask({ "if-range": etag, range: "bytes=0-1" })).status).toBe(206);
    expect((await ask({ "if-range": '"x"', range: "bytes=0-1" })).status).toBe(200);
  });

  it("tells the unsigned nothing, not even what exists", async () => {
    const none = url.replace("asset_1", "asset_2");
    const [unsigned, absent] = await Promise.all([openMedia(url.split("?")[0] ?? ""), openMedia(none)]);
    expect([unsigned.status, absent.status]).toEqual([403, 403]);
    expect(await unsigned.text()).toBe(await absent.text());
    expect(unsigned.headers.get("cache-control")).toBe("no-store");
  });

  it("says that a link has expired", async () => {
    vi.useFakeTimers({ now: Date.now() + 13 * 3_600_000, toFake: ["Date"] });
    const response = await ask();
    vi.useRealTimers();
    expect(response.status).toBe(403);
    expect(await response.text()).toBe("This media link has expired. Reload the page.\n");
  });

  it("saves downloads under their name, and frees the file when a browser leaves", async () => {
    const download = await openMedia(await storage().signedUrl(KEY, { downloadAs: "film.mp4" }));
    expect(download.headers.get("content-disposition")).toContain('filename="film.mp4"');
    const reader = download.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await storage().delete([KEY]);
    expect((await ask()).status).toBe(404);
    await storage().put(KEY, BYTES, "video/mp4");
  });
});
