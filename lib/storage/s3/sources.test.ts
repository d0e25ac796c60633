import { expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { mediaSources, openStorage } from "..";

const bucket = { S3_BUCKET_NAME: "media", S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "secret" };

it("needs no other address where media lie in a folder", async () => {
  expect(await mediaSources(parseEnv({}))).toEqual([]);
});

it.each([
  ["Amazon", bucket, ["https://media.s3.us-east-1.amazonaws.com/"]],
  [
    "a bucket with dots",
    { ...bucket, S3_BUCKET_NAME: "our.media", S3_REGION: "eu-west-1" },
    ["https://s3.eu-west-1.amazonaws.com/our.media/"],
  ],
  [
    "a CDN",
    { ...bucket, CDN_DOMAIN: "cdn.kinora.example" },
    ["https://media.s3.us-east-1.amazonaws.com/", "https://cdn.kinora.example/"],
  ],
  [
    "a store behind another name",
    { ...bucket, S3_ENDPOINT_URL: "http://store:9000", S3_PUBLIC_URL: "https://files.example/s3" },
    ["https://files.example/s3/media/"],
  ],
])("%s is where its links lead", async (_name, settings, expected) => {
  const env = parseEnv(settings);
  expect(await mediaSources(env)).toEqual(expected);
  const links = [
    await openStorage(env).signedUrl("ws_1/a.png"),
    await openStorage(env).signedUrl("ws_1/a.png", { downloadAs: "a.png" }),
  ];
  for (const link of links) {
    expect(
      expected.some((source) => link.startsWith(source)),
      link,
    ).toBe(true);
  }
});
