import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { FORM_BYTES } from "@/lib/http/form-schema";
import { callAction, findAction } from "../support/server-action";
import { startWebServer, type WebServer } from "../support/web-server";

const BODY_BYTES = 400 * 1024 * 1024;
const CHUNK = Buffer.alloc(1024 * 1024, "[");
const MOST_GROWTH_BYTES = 150 * 1024 * 1024;

let web: WebServer;
let action = "";
let part = "";
test.beforeAll(async () => {
  web = await startWebServer();
  action = await findAction("generate");
  const announced = await fetch(`${web.url}/api/w/${web.slug}/uploads`, {
    method: "POST",
    headers: { cookie: cookie(), origin: web.url },
    body: JSON.stringify({ name: "film.mp4", bytes: 1_000_000, type: "video/mp4" }),
  });
  part = `/api/w/${web.slug}/uploads/${(await announced.json()).id}/parts/1`;
});
test.afterAll(() => web.stop());

const cookie = () => `${web.cookie.name}=${web.cookie.value}`;

/** Sends 400 MB of open brackets until somebody answers or hangs up. What was answered, and how much had been sent. */
async function flood(path: string, method: string, headers: Record<string, string>) {
  const sent = request(web.url + path, {
    method,
    headers: { cookie: cookie(), origin: web.url, ...headers },
  });
  let status = "closed";
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    sent.once("response", (response) => {
      status = String(response.statusCode);
      response.resume();
      resolve();
    });
    sent.on("error", () => resolve());
    sent.once("close", () => resolve());
  }).then(() => {
    isOver = true;
  });
  let bytes = 0;
  while (!isOver && bytes < BODY_BYTES) {
    bytes += CHUNK.length;
    if (!sent.write(CHUNK)) await Promise.race([over, once(sent, "drain").catch(() => undefined)]);
  }
  if (!isOver) sent.end();
  await over;
  sent.destroy();
  return { status, bytes };
}

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${web.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}

/** How much more memory the web server had at most while this was done. */
async function growthDuring(work: () => Promise<void>): Promise<number> {
  const before = await residentBytes();
  let [most, isDone] = [before, false];
  const watch = (async () => {
    for (; !isDone; await sleep(20)) most = Math.max(most, await residentBytes());
  })();
  await work().finally(() => {
    isDone = true;
    return watch;
  });
  return Math.max(most, await residentBytes()) - before;
}

test("400 MB of open brackets are refused at every kind of door, and cost no memory", async () => {
  test.skip(process.platform !== "linux", "the memory of a process is read from /proc");
  const signed = { "webhook-id": "m", "webhook-timestamp": "1", "webhook-signature": "v1,eA==" };
  const json = { "content-type": "application/json" };
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const multipart = { "content-type": "multipart/form-data; boundary=x" };
  const doors: [string, string, string, Record<string, string>][] = [
    ["a server action", `/w/${web.slug}`, "POST", { "next-action": action, "content-type": "text/plain" }],
    ["a server action's form", `/w/${web.slug}`, "POST", { "next-action": action, ...multipart }],
    ["a page's form", "/sign-in", "POST", multipart],
    ["an endpoint", `/api/w/${web.slug}/uploads`, "POST", json],
    ["the sign-in", "/api/auth/callback/credentials", "POST", form],
    ["an unsigned webhook", "/api/webhooks/replicate", "POST", json],
    ["a webhook", "/api/webhooks/replicate", "POST", { ...json, ...signed }],
    ["Inngest's door", "/api/inngest", "POST", json],
    ["a part of an upload", part, "PUT", {}],
    ["media", "/media/ws_1/a.png", "POST", {}],
    ["a page that is not there", "/nothing", "POST", json],
  ];
  const told: Record<string, string> = {};
  const growth = await growthDuring(async () => {
    for (const [name, path, method, headers] of doors) {
      const long = await flood(path, method, { ...headers, "content-length": String(BODY_BYTES) });
      const endless = await flood(path, method, { ...headers, "transfer-encoding": "chunked" });
      told[name] = `${long.status} ${endless.status}`;
      // What was in flight when the answer came; none of them is read to its end.
      for (const { bytes } of [long, endless]) expect(bytes, name).toBeLessThan(BODY_BYTES / 4);
    }
  });
  for (const [name, statuses] of Object.entries(told)) expect(statuses, name).toMatch(/^4\d\d 4\d\d$/);
  expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
  expect((await fetch(`${web.url}/sign-in`)).status).toBe(200);
});

test("a form that is a little too long is told so, and one within the limit is read", async () => {
  const call = (body: string) =>
    fetch(`${web.url}/w/${web.slug}`, {
      method: "POST",
      headers: {
        "next-action": action,
        "content-type": "text/plain;charset=UTF-8",
        origin: web.url,
        cookie: cookie(),
      },
      body,
    });
  const long = await call("[".repeat(FORM_BYTES + 1));
  expect([long.status, await long.text()]).toEqual([413, expect.stringContaining("longer than 256 kB")]);
  const input = { prompt: "x".repeat(FORM_BYTES - 1000) };
  expect(await callAction(web, action, input)).toMatchObject({ ok: false, error: { code: "bad_input" } });
});
