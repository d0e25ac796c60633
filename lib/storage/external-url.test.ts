import { afterEach, describe, expect, it, vi } from "vitest";

const S3 = { S3_BUCKET_NAME: "media", S3_REGION: "auto", S3_ACCESS_KEY_ID: "k", S3_SECRET_ACCESS_KEY: "s" };

async function link(variables: Record<string, string>): Promise<string | undefined> {
  vi.resetModules();
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  const { externalUrl } = await import("./index");
  return externalUrl("ws_1/job_1/still.jpg", 3600);
}

/** The part before the path, as a provider would see it. */
const originOf = (url: string | undefined) => (url === undefined ? undefined : new URL(url).origin);

describe("a link for providers", () => {
  afterEach(() => vi.unstubAllEnvs());

  const secret = { AUTH_SECRET: "a secret that is long enough for this test" };
  const at = (url: string) => ({ ...secret, KINORA_URL: url });
  const bucket = (endpoint: string) => ({ ...S3, S3_ENDPOINT_URL: endpoint });

  it.each([
    [
      "our own address, where others reach it",
      at("https://studio.example.com"),
      "https://studio.example.com",
    ],
    ["none, where nobody reaches us", at("http://localhost:3000"), undefined],
    [
      "the bucket's, even behind localhost",
      { ...at("http://localhost:3000"), ...bucket("https://s3.example.com") },
      "https://s3.example.com",
    ],
    [
      "none, where the bucket is private to us",
      { ...at("https://studio.example.com"), ...bucket("http://minio:9000") },
      undefined,
    ],
    ["none, where our name is one of a private network", at("https://studio.tail1234.ts.net"), undefined],
    [
      "the bucket's, also where our own name is private",
      { ...at("https://studio.lan"), ...bucket("https://s3.example.com") },
      "https://s3.example.com",
    ],
    [
      "none, where the bucket is on a private network and we are not",
      { ...at("https://studio.example.com"), ...bucket("https://minio.tail1234.ts.net") },
      undefined,
    ],
    [
      "the bucket's public address, where its own is private",
      {
        ...at("https://studio.lan"),
        ...bucket("http://minio:9000"),
        S3_PUBLIC_URL: "https://s3.example.com",
      },
      "https://s3.example.com",
    ],
  ])("is %s", async (_name, variables, origin) => {
    expect(originOf(await link(variables))).toBe(origin);
  });
});
