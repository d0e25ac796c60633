import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { NextRequest } from "next/server";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeDb } from "@/lib/db";
import { makeHostileRequests } from "../support/hostile-requests";
import type { Cookie } from "../support/signed-in";
import { setEnv } from "../support/studio";
import { openTwoTeams } from "../support/two-teams";

/** Who asks, where Next would know it. Set before anything imports it: next-auth takes it as CommonJS. */
const jar = vi.hoisted(() => ({ cookies: [] as Cookie[] }));
const nextHeaders = createRequire(import.meta.url)("next/headers");
nextHeaders.cookies = async () => ({
  get: (name: string) => jar.cookies.find((one) => one.name === name),
  getAll: () => jar.cookies,
});
nextHeaders.headers = async () => new Headers();
vi.mock("next/headers", () => ({
  cookies: () => nextHeaders.cookies(),
  headers: () => nextHeaders.headers(),
}));

type Handler = (request: NextRequest, context: { params: Promise<Params> }) => Promise<Response>;
type Params = Record<string, string | string[]>;

const { ours } = await openTwoTeams();
const APP = join(import.meta.dirname, "../../app");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const files = (await readdir(APP, { recursive: true }))
  .filter((file) => /(^|\/)route\.ts$/.test(file))
  .sort();

beforeAll(async () => {
  setEnv({ AUTH_SECRET: "a secret of this test run, long enough for all", INNGEST_DEV: "0" });
  const { signIn } = await import("../support/signed-in");
  jar.cookies = [await signIn(ours.owner.userId)];
});
afterAll(async () => {
  const { hub } = await import("@/lib/jobs/live");
  await hub().close();
  await closeDb();
});

/** What Next reads from the folders of a route; what cannot be decoded stays as it is. */
function paramsOf(file: string, piece: string): Params {
  const folders = file.split("/").filter((folder) => folder.startsWith("["));
  return Object.fromEntries(
    folders.map((folder) => {
      const name = folder.replace(/[[\].]/g, "");
      const value = name === "slug" && piece === ours.slug ? ours.slug : decode(piece);
      return [name, folder.startsWith("[...") ? [value] : value];
    }),
  );
}

function decode(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch {
    return piece;
  }
}

const pathOf = (file: string) => `/${file.replace(/\/route\.ts$/, "").replace(/\[[^\]]+\]+/g, "{}")}`;

it("knows the routes", () => {
  expect(files.filter((file) => file.startsWith("api/")).length).toBeGreaterThanOrEqual(8);
});

it.each(files)("%s answers whatever is sent to it, and never with a 500", async (file) => {
  const route = (await import(join(APP, file))) as Record<string, Handler>;
  const wrong: string[] = [];
  // The others look at nothing in theirs.
  const readsAddress = file.startsWith("api/");
  for (const method of METHODS) {
    const handle = route[method];
    if (!handle) continue;
    for (const { name, request, piece, broken } of makeHostileRequests(pathOf(file), method, ours.slug)) {
      const context = { params: Promise.resolve(paramsOf(file, piece ?? ours.slug)) };
      const end = new AbortController();
      const outcome = await handle(request, context).then(
        async (response) => {
          end.abort();
          await response.body?.cancel();
          return response.status;
        },
        (thrown: unknown) => `throws ${thrown}`,
      );
      const isRefused = typeof outcome === "number" && outcome >= 400;
      const isFine = typeof outcome === "number" && outcome < 500 && (isRefused || !broken || !readsAddress);
      if (!isFine) wrong.push(`${method} ${name}: ${outcome}`);
    }
  }
  expect(wrong).toEqual([]);
});
