import { afterAll, beforeAll, expect, it } from "vitest";
import { type Door, openDoor } from "@/bin/worker/door";
import { createDatabase, type TestDatabase } from "../support/database";
import { setEnv } from "../support/studio";

const TOKEN = "a token for the tests of the worker's door";
let base: TestDatabase;
let door: Door;
beforeAll(async () => {
  base = await createDatabase();
  door = await openDoor(0);
});
afterAll(async () => {
  door.close();
  await base.drop();
});

const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${door.port}${path}`, init);

it("says how the worker is, and knows no other page", async () => {
  const health = await ask("/healthz");
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ ok: true, checks: { database: "ok", engine: "off" } });
  expect((await ask("/")).status).toBe(404);
  expect((await ask("/healthz", { method: "POST" })).status).toBe(404);
});

it("tells of its process, to whoever has the token", async () => {
  expect((await ask("/metrics")).status).toBe(404);
  setEnv({ METRICS_TOKEN: TOKEN });
  expect((await ask("/metrics")).status).toBe(401);
  const metrics = await ask("/metrics", { headers: { authorization: `Bearer ${TOKEN}` } });
  expect(metrics.status).toBe(200);
  const text = await metrics.text();
  expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
  expect(text).not.toContain("kinora_jobs");
});

it("says whose port it is that another program has", async () => {
  await expect(openDoor(door.port)).rejects.toMatchObject({ action: expect.stringContaining("WORKER_PORT") });
});
