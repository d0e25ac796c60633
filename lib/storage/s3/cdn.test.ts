import { createVerify, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { openStorage, storageWarnings } from "..";
import { s3Settings } from "./settings";

const bucket = { S3_BUCKET_NAME: "media", S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "secret" };

describe("links over a CDN", () => {
  it("are plain without a key pair, and the doctor is told", async () => {
    const env = parseEnv({ ...bucket, CDN_DOMAIN: "cdn.kinora.example" });
    expect(await openStorage(env).signedUrl("ws_1/a.png")).toBe("https://cdn.kinora.example/ws_1/a.png");
    expect(storageWarnings(env)).toEqual([expect.stringContaining("CLOUDFRONT_KEY_PAIR_ID")]);
  });

  it("are signed with one, the same for a while, and CloudFront can check them", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const env = parseEnv({
      ...bucket,
      CDN_DOMAIN: "https://d1.cloudfront.example/",
      CLOUDFRONT_KEY_PAIR_ID: "K1",
      CLOUDFRONT_PRIVATE_KEY: pem.replaceAll("\n", "\\n"),
    });
    const storage = openStorage(env);
    const url = new URL(await storage.signedUrl("ws_1/a.png"));
    expect(await storage.signedUrl("ws_1/a.png")).toBe(url.href);
    expect(url.searchParams.get("Key-Pair-Id")).toBe("K1");
    const expires = Number(url.searchParams.get("Expires"));
    expect(expires * 1000 - Date.now()).toBeGreaterThan(6 * 3_600_000);

    // The canned policy and its alphabet, as Amazon's developer guide gives them.
    const resource = "https://d1.cloudfront.example/ws_1/a.png";
    const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
    const signature = (url.searchParams.get("Signature") ?? "").replace(
      /[-_~]/g,
      (c) => ({ "-": "+", _: "=", "~": "/" })[c] ?? c,
    );
    expect(createVerify("RSA-SHA1").update(policy).verify(publicKey, signature, "base64")).toBe(true);
    expect(storageWarnings(env)).toEqual([]);
  });

  it("leave downloads to the bucket", async () => {
    const env = parseEnv({ ...bucket, CDN_DOMAIN: "cdn.kinora.example" });
    const url = await openStorage(env).signedUrl("ws_1/a.png", { downloadAs: "a.png" });
    expect(url).toMatch(/^https:\/\/media\.s3\.us-east-1\.amazonaws\.com\/ws_1\/a\.png\?.*X-Amz-Signature/);
  });
});

describe("S3 settings", () => {
  it("sign for the address that browsers reach", async () => {
    const env = parseEnv({
      ...bucket,
      S3_ENDPOINT_URL: "http://store:9000",
      S3_PUBLIC_URL: "https://files.kinora.example",
    });
    const url = await openStorage(env).signedUrl("ws_1/a.png");
    expect(url).toMatch(/^https:\/\/files\.kinora\.example\/media\/ws_1\/a\.png\?/);
    const plan = await openStorage(env)
      .openUpload("ws_1/a.bin", { bytes: 1, mime: "image/png" })
      .catch((thrown: unknown) => thrown);
    expect(plan).toMatchObject({ code: "storage_failed", message: expect.stringContaining("store:9000") });
  });

  it("know R2's region, and take the machine's own role without keys", () => {
    const r2 = parseEnv({ ...bucket, S3_ENDPOINT_URL: "https://1.r2.cloudflarestorage.com" });
    expect(s3Settings(r2).region).toBe("auto");
    expect(s3Settings(parseEnv({ S3_BUCKET_NAME: "media" })).credentials).toBeUndefined();
  });
});
