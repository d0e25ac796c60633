import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Caller } from "@/lib/auth/caller";
import { env } from "@/lib/env";
import { storage } from "@/lib/storage";
import { finishUpload } from "@/lib/studio/finish-upload";
import { abortUpload, beginUpload, receivePart } from "@/lib/studio/uploads";
import { createDatabase, type TestDatabase } from "../support/database";
import { describeOrphans } from "../support/orphan-suite";
import { addTeam } from "../support/people";
import { findVersitygw, type S3Server, startS3rver, startVersitygw } from "../support/s3-servers";
import { describeUploads } from "../support/upload-suite";

const versitygw = findVersitygw();
let database: TestDatabase;
let server: S3Server;
let caller: Caller;
let viewer: Caller;
let stranger: Caller;
let folder: string;

beforeAll(async () => {
  database = await createDatabase();
  server = versitygw ? await startVersitygw(versitygw) : await startS3rver();
  Object.assign(env(), {
    AUTH_SECRET: "a secret of more than thirty-two characters",
    S3_ENDPOINT_URL: server.settings.endpoint,
    S3_BUCKET_NAME: server.settings.bucket,
    S3_ACCESS_KEY_ID: server.settings.credentials?.accessKeyId,
    S3_SECRET_ACCESS_KEY: server.settings.credentials?.secretAccessKey,
  });
  ({ editor: caller, viewer } = await addTeam(database.db, "here"));
  stranger = (await addTeam(database.db, "there")).owner;
  folder = await mkdtemp(join(tmpdir(), "kinora-upload-test-"));
});
afterAll(async () => {
  await database.drop();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describeUploads(`in parts straight to S3 (${versitygw ? "versitygw" : "s3rver"})`, {
  folder: () => folder,
  cannotList: !versitygw,
  caller: () => caller,
  viewer: () => viewer,
  stranger: () => stranger,
  send: async ({ urls, partBytes }, bytes, numbers = Object.keys(urls ?? {}).map(Number)) => {
    const parts: { number: number; etag: string }[] = [];
    for (const number of numbers) {
      const body = new Uint8Array(bytes.subarray((number - 1) * partBytes, number * partBytes));
      const response = await fetch(urls?.[number] ?? "", { method: "PUT", body });
      expect(response.status).toBe(200);
      parts.push({ number, etag: response.headers.get("etag") ?? "" });
    }
    return parts;
  },
});

it.runIf(versitygw)("goes through the server where a page cannot reach the bucket", async () => {
  const bytes = Buffer.from("<html>not a picture, but it arrives</html>");
  const { id } = await beginUpload(caller, { name: "a.png", bytes: bytes.length, type: "" });
  async function* body() {
    yield bytes;
  }
  await receivePart(caller, id, { number: 1, declaredBytes: bytes.length, body: body() });
  await expect(finishUpload(caller, id, { parts: [] })).rejects.toThrow("HTML");
});

it.runIf(versitygw)("cannot be finished by receipts for parts that never came", async () => {
  const { id, partBytes, urls } = await beginUpload(caller, { name: "a.png", bytes: 20_000_000, type: "" });
  const sent = await fetch(urls?.[1] ?? "", { method: "PUT", body: new Uint8Array(partBytes) });
  const etag = sent.headers.get("etag") ?? "";
  for (const numbers of [[1], [1, 2, 3]]) {
    const parts = numbers.map((number) => ({ number, etag }));
    await expect(finishUpload(caller, id, { parts })).rejects.toBeDefined();
  }
  await abortUpload(caller, id);
  const left: string[] = [];
  for await (const { key } of storage().list(`${caller.workspaceId}/uploads/up_`)) left.push(key);
  expect(left).toEqual([]);
});

describeOrphans("in a bucket", () => caller);
