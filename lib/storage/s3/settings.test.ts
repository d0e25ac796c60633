import { expect, it } from "vitest";
import { withoutBucket } from "./settings";

it.each([
  ["https://s3.example", "https://s3.example"],
  ["https://s3.example/", "https://s3.example"],
  ["https://s3.example/media", "https://s3.example"],
  ["https://s3.example:9000/media/", "https://s3.example:9000"],
  ["http://[::1]:9000/media", "http://[::1]:9000"],
  ["https://account.r2.cloudflarestorage.com/media", "https://account.r2.cloudflarestorage.com"],
  ["https://media.s3.eu-central-1.amazonaws.com", "https://s3.eu-central-1.amazonaws.com"],
  ["https://MEDIA.nyc3.digitaloceanspaces.com/media", "https://nyc3.digitaloceanspaces.com"],
  ["https://project.supabase.co/storage/v1/s3", "https://project.supabase.co/storage/v1/s3"],
  ["https://project.supabase.co/storage/v1/s3/media", "https://project.supabase.co/storage/v1/s3"],
  // A server of one's own may well be called as its bucket is.
  ["https://media.example.com", "https://media.example.com"],
  ["https://s3.example/media2", "https://s3.example/media2"],
])("the endpoint %s of the bucket media is %s", (endpoint, meant) => {
  expect(withoutBucket(endpoint, "media")).toBe(meant);
  expect(withoutBucket(meant, "media")).toBe(meant);
});
