import { existsSync } from "node:fs";
import { readFile, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { errorOf, newFolder } from "@/tests/contract/harness";
import { type DownloadOptions, downloadFile } from "./download";
import { downloadRules } from "./guard";

async function host(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function fetchFrom(url: string, base: string, more: Partial<DownloadOptions> = {}) {
  const path = join(await newFolder(), "result");
  const rules = downloadRules(["replicate.delivery"], base);
  const options = { provider: "replicate" as const, signal: AbortSignal.timeout(10_000), rules, ...more };
  return { path, done: downloadFile({ from: "url", url }, path, options) };
}

describe("fetching a result", () => {
  it("streams it to the file, with the type it claims", async () => {
    const base = await host((_request, response) => {
      response.writeHead(200, { "content-type": "image/png; charset=binary" });
      for (let n = 0; n < 50; n += 1) response.write(Buffer.alloc(65_536, n));
      response.end();
    });
    const { path, done } = await fetchFrom(`${base}/a.png`, base);
    expect(await done).toEqual({ bytes: 50 * 65_536, mime: "image/png" });
    expect((await readFile(path)).at(-1)).toBe(49);
  });

  it("follows redirects that stay in the house", async () => {
    const base = await host((request, response) => {
      if (request.url === "/b") return response.end("here");
      return response.writeHead(302, { location: "/b" }).end();
    });
    const { done } = await fetchFrom(`${base}/a`, base);
    expect((await done).bytes).toBe(4);
  });

  it("takes bytes and files at hand as they are", async () => {
    const folder = await newFolder();
    const to = join(folder, "to");
    const options = {
      provider: "draft" as const,
      signal: AbortSignal.timeout(5000),
      rules: downloadRules([]),
    };
    const bytes = Buffer.from("abc");
    expect(await downloadFile({ from: "bytes", bytes, mime: "image/png" }, to, options)).toEqual({
      bytes: 3,
      mime: "image/png",
    });
    await writeFile(join(folder, "from"), "abcd");
    const file = { from: "path" as const, path: join(folder, "from"), mime: "video/mp4" };
    expect(await downloadFile(file, to, options)).toEqual({ bytes: 4, mime: "video/mp4" });
  });
});

describe("what is not fetched", () => {
  it.each([
    "http://127.0.0.1:1/steal",
    "https://evil.example/x",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "http://[::1]:80/",
    "gopher://127.0.0.1/",
  ])("a redirect to %s", async (location) => {
    const base = await host((_request, response) => response.writeHead(302, { location }).end());
    const { path, done } = await fetchFrom(`${base}/a`, base);
    expect(await errorOf(done)).toMatchObject({
      code: "provider_answer",
      retry: "never",
      provider: "replicate",
    });
    expect(existsSync(path)).toBe(false);
  });

  it.each(["127.0.0.1", "10.0.0.7", "::1", "::ffff:127.0.0.1"])(
    "a provider's name that leads to %s, however the name is spelled",
    async (address) => {
      let asked = 0;
      const resolve = async () => {
        asked += 1;
        return [{ address, family: address.includes(":") ? 6 : 4 }];
      };
      const { done } = await fetchFrom("https://replicate.delivery/x", "http://127.0.0.1:1", { resolve });
      expect(await errorOf(done)).toMatchObject({ code: "provider_answer", retry: "never" });
      expect(asked).toBe(1);
    },
  );

  it("a circle of redirects", async () => {
    const base = await host((_request, response) => response.writeHead(302, { location: "/again" }).end());
    const { done } = await fetchFrom(`${base}/a`, base);
    await expect(done).rejects.toMatchObject({ code: "provider_answer" });
  });

  it.each([
    ["announced", { "content-length": "5000" }],
    ["not announced", {}],
  ])("more than allowed, %s", async (_name, headers) => {
    const base = await host((_request, response) => {
      response.writeHead(200, headers as Record<string, string>);
      response.end(Buffer.alloc(5000));
    });
    const { path, done } = await fetchFrom(`${base}/a`, base, { limits: { maxBytes: 1000 } });
    await expect(done).rejects.toMatchObject({ code: "provider_answer", retry: "never" });
    expect(existsSync(path)).toBe(false);
  });
});

describe("a result that does not come", () => {
  it.each([403, 404, 410])("is gone (%i)", async (status) => {
    const base = await host((_request, response) => response.writeHead(status).end());
    const { done } = await fetchFrom(`${base}/a`, base);
    expect(await errorOf(done)).toMatchObject({ code: "provider_expired", retry: "never" });
  });

  it("is asked for again later when the host has trouble", async () => {
    const base = await host((_request, response) => response.writeHead(500).end());
    const { done } = await fetchFrom(`${base}/a`, base);
    expect(await errorOf(done)).toMatchObject({ code: "provider_down", retry: "later" });
  });

  it("breaks off: nothing half is left", async () => {
    const base = await host((_request, response) => {
      response.writeHead(200, { "content-length": "5000" });
      response.write(Buffer.alloc(1000), () => response.destroy());
    });
    const { path, done } = await fetchFrom(`${base}/a`, base);
    expect(await errorOf(done)).toMatchObject({ code: "provider_down", retry: "later" });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["stalls", { idleSeconds: 0.3 }],
    ["drips for too long", { timeoutSeconds: 0.5 }],
  ])("%s", async (_name, limits) => {
    const base = await host((_request, response) => {
      response.writeHead(200);
      response.write("a");
      const dripping = "timeoutSeconds" in limits && setInterval(() => response.write("a"), 50);
      response.once("close", () => dripping && clearInterval(dripping));
    });
    const { path, done } = await fetchFrom(`${base}/a`, base, { limits });
    expect(await errorOf(done)).toMatchObject({ code: "provider_down" });
    expect(existsSync(path)).toBe(false);
  });

  it("is given up when the work is canceled", async () => {
    const base = await host(() => undefined);
    const canceling = new AbortController();
    setTimeout(() => canceling.abort(), 200);
    const { done } = await fetchFrom(`${base}/a`, base, { signal: canceling.signal });
    await expect(done).rejects.toMatchObject({ code: "canceled" });
  });

  it.skipIf(!existsSync("/dev/full"))("fails as the disk fails", async () => {
    const base = await host((_request, response) => response.end("x"));
    const options = {
      provider: "replicate" as const,
      signal: AbortSignal.timeout(5000),
      rules: downloadRules([], base),
    };
    // Through a link of our own: what is left half is removed, and a device must not be.
    const path = join(await newFolder(), "full");
    await symlink("/dev/full", path);
    const done = downloadFile({ from: "url", url: `${base}/a` }, path, options);
    await expect(done).rejects.toMatchObject({ code: "ENOSPC" });
    expect(existsSync(path)).toBe(false);
    expect(existsSync("/dev/full")).toBe(true);
  });
});
