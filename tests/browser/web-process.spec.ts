import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import sharp from "sharp";
import { sqlClient } from "@/lib/db";
import { type Listener, listen } from "../support/listener";
import { startWebServer, type WebServer } from "../support/web-server";

let web: WebServer;
let collector: Listener;
test.beforeAll(async () => {
  collector = await listen();
  web = await startWebServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  });
});
test.afterAll(async () => {
  await web.stop();
  collector.stop();
});

const ask = (path: string, init?: RequestInit) =>
  fetch(web.url + path, { ...init, headers: { cookie: `${web.cookie.name}=${web.cookie.value}` } });

test("made-up addresses do not give anybody more guesses", async () => {
  const guess = async (address: string) => {
    const headers = { "x-forwarded-for": address, "x-kinora-peer": address, origin: web.url };
    const csrf = await fetch(`${web.url}/api/auth/csrf`);
    const { csrfToken } = await csrf.json();
    const body = new URLSearchParams({
      csrfToken,
      email: `${address}@example.com`,
      password: "wrong",
      json: "true",
    });
    const cookie = csrf.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    return fetch(`${web.url}/api/auth/callback/credentials`, {
      method: "POST",
      headers: { ...headers, cookie },
      body,
    });
  };
  for (const address of ["198.51.100.1", "198.51.100.2"]) expect((await guess(address)).status).toBe(401);
  expect(await listSubjects()).toEqual(["address:127.0.0.1"]);
});

/** The addresses that attempts to sign in were counted for. */
async function listSubjects(): Promise<string[]> {
  const rows = await sqlClient()<{ subject: string }[]>`
    select distinct subject from sign_in_attempt where subject like 'address:%' order by 1`;
  return rows.map(({ subject }) => subject);
}

test("what is uploaded is looked at elsewhere: libvips never takes its memory here", async () => {
  test.skip(process.platform !== "linux", "what a process has loaded is read from /proc");
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background: "#000", noise } })
    .png()
    .toBuffer();
  const uploads = `/api/w/${web.slug}/uploads`;
  const send = async (body: Buffer) => {
    const file = { name: "noise.png", bytes: body.length, type: "image/png" };
    const begun = await ask(uploads, { method: "POST", body: JSON.stringify(file) });
    const { id } = await begun.json();
    await ask(`${uploads}/${id}/parts/1`, { method: "PUT", body: new Uint8Array(body) });
    const checked = await ask(`${uploads}/${id}`, { method: "POST", body: "{}" });
    return { status: checked.status, answer: await checked.json() };
  };
  expect(await send(bytes)).toMatchObject({ status: 200, answer: { width: 800, height: 600 } });
  expect(await send(bytes.subarray(0, bytes.length / 2))).toMatchObject({
    status: 422,
    answer: { error: { code: "media_invalid", message: expect.stringMatching(/^noise\.png: .*damaged/) } },
  });
  expect((await ask("/healthz")).status).toBe(200);
  expect((await ask(`/w/${web.slug}`)).status).toBe(200);
  expect(await readFile(`/proc/${web.pid}/maps`, "utf8")).not.toContain("vips");
});

test("asked to end, it ends though pages listen, and has told what it did", async () => {
  expect((await ask(`/w/${web.slug}?canary=query`)).status).toBe(200);
  expect((await ask("/invite/canary-token")).status).toBe(200);
  const live = await ask(`/api/live?w=${web.slug}`);
  const reader = live.body?.getReader();
  await reader?.read();

  // Without the end of its streams it would wait for the page to leave: the test's time limit tells.
  expect(await web.end()).toBe(143);
  let last = await reader?.read();
  while (last && !last.done) last = await reader?.read();
  expect(last?.done).toBe(true);

  const said = collector.heard.map(({ body }) => body.toString()).join("\n");
  for (const name of ["GET /w/[slug]", "GET /invite/[token]"]) expect(said).toContain(`"${name}"`);
  expect(said).toContain('{"key":"kinora.program","value":{"stringValue":"web"}}');
  for (const secret of ["canary", web.slug, web.cookie.value]) expect(said).not.toContain(secret);
});
