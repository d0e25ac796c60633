import { beforeAll, expect, it, vi } from "vitest";
import { GET, HEAD } from "@/app/media/[...key]/route";
import { schema } from "@/lib/db";
import { externalUrl, storage } from "@/lib/storage";
import { changeRole, removeMember } from "@/lib/workspaces";
import { addMember } from "../support/people";
import { type Cookie, signIn } from "../support/signed-in";
import { setEnv } from "../support/studio";
import { openTwoTeams } from "../support/two-teams";

const jar = vi.hoisted(() => ({ cookies: [] as Cookie[] }));
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: (name: string) => jar.cookies.find((one) => one.name === name) }),
}));

const { database, ours, theirs } = await openTwoTeams();
const KEY = `${ours.workspaceId}/job_1/asset_1.mp4`;
let link = "";
beforeAll(async () => {
  setEnv({ AUTH_SECRET: "a secret of more than thirty-two characters", CORS_ORIGINS: "" });
  await storage().put(KEY, Buffer.from("0123456789"), "video/mp4");
  link = await storage().signedUrl(KEY);
});

/** Opens a link as the browser of somebody who is signed in, or of nobody. */
async function open(url: string, userId?: string, handle = GET): Promise<Response> {
  jar.cookies = userId ? [await signIn(userId)] : [];
  const { pathname } = new URL(url, "http://kinora.test");
  const key = pathname.replace("/media/", "").split("/").map(decodeURIComponent);
  return handle(new Request(new URL(url, "http://kinora.test")), { params: Promise.resolve({ key }) });
}
const statusFor = async (userId?: string, url = link) => (await open(url, userId)).status;

it("opens for every member of the file's workspace", async () => {
  for (const { userId } of [ours.owner, ours.editor, ours.viewer]) {
    const response = await open(link, userId);
    expect([response.status, await response.text()]).toEqual([200, "0123456789"]);
    expect((await open(link, userId, HEAD)).status).toBe(200);
  }
  const climbing = { params: Promise.resolve({ key: ["..", "..", "etc", "passwd"] }) };
  expect((await GET(new Request(new URL(link, "http://kinora.test")), climbing)).status).toBe(403);
});

it("opens for nobody else, and does not say whether the file exists", async () => {
  const gone = await storage().signedUrl(KEY.replace("asset_1", "asset_2"));
  const refusals = [await open(link), await open(gone)];
  refusals.push(await open(link, theirs.owner.userId), await open(gone, theirs.owner.userId));
  const said = await Promise.all(refusals.map(async (one) => `${one.status} ${await one.text()}`));
  expect(new Set(said).size).toBe(1);
  expect(said[0]).toMatch(/^403 This file is for members of its workspace/);
  expect(refusals[0]?.headers.get("cache-control")).toBe("no-store");
});

it("closes at once for whoever is removed, also where they stay signed in, and not for the demoted", async () => {
  const editor = await addMember(database.db, ours.workspaceId, "editor", "Sam");
  const elsewhere = { userId: editor.userId, workspaceId: theirs.workspaceId, role: "viewer" as const };
  await database.db.insert(schema.member).values(elsewhere);
  expect(await statusFor(editor.userId)).toBe(200);
  await changeRole(ours.owner, editor.userId, "viewer");
  expect(await statusFor(editor.userId)).toBe(200);
  await removeMember(ours.owner, editor.userId);
  expect(await statusFor(editor.userId)).toBe(403);
});

it("closes for a session that was ended", async () => {
  await statusFor(ours.viewer.userId);
  const { cookies } = jar;
  await database.sql`update session set revoked_at = now()`;
  const params = Promise.resolve({ key: KEY.split("/") });
  jar.cookies = cookies;
  expect((await GET(new Request(new URL(link, "http://kinora.test")), { params })).status).toBe(403);
});

it("made for a provider opens without a session, and no other can be made into one", async () => {
  setEnv({ KINORA_URL: "https://studio.example" });
  const given = await externalUrl(KEY, 3600);
  expect(await statusFor(undefined, given)).toBe(200);
  expect(await statusFor(ours.viewer.userId, `${link}&p=1`)).toBe(403);
});

it("opens by its signature alone where other origins may embed media: they send no cookies", async () => {
  setEnv({ CORS_ORIGINS: "https://site.example" });
  expect(await statusFor()).toBe(200);
});
