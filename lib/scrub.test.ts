import { afterEach, expect, it } from "vitest";
import { env } from "./env";
import { scrub } from "./scrub";

const before = { ...env() };
afterEach(() => {
  Object.assign(env(), before);
});

it("takes secrets out wherever they stand: plain, in JSON, in a URL", () => {
  const key = 'line one\nline "two" of a key';
  Object.assign(env(), { OPENAI_API_KEY: "sk-canary-1234", CLOUDFRONT_PRIVATE_KEY: key });
  const text = `Bearer sk-canary-1234 ${JSON.stringify({ key })} ?k=${encodeURIComponent(key)} ${key}`;
  const clean = scrub(text);
  expect(clean).toBe('Bearer [secret] {"key":"[secret]"} ?k=[secret] [secret]');
});

it("knows the database's password, and notices when a secret changes", () => {
  Object.assign(env(), { DATABASE_URL: "postgres://kinora:p%40ss-word-1@db/kinora" });
  expect(scrub("p@ss-word-1 p%40ss-word-1")).toBe("[secret] [secret]");
  Object.assign(env(), { DATABASE_URL: "postgres://kinora:another-one@db/kinora" });
  expect(scrub("p@ss-word-1 another-one")).toBe("p@ss-word-1 [secret]");
});

it("leaves everything else alone, also where a secret is too short to tell", () => {
  Object.assign(env(), { DATABASE_URL: "postgres://kinora:db@localhost/db", AUTH_SECRET: undefined });
  expect(scrub("the db of undefined")).toBe("the db of undefined");
});

it("takes out what a failed query and a link repeat: values, signatures, tokens", () => {
  const error = new Error(
    'Failed query: insert into job values ($1)\nparams: a "quoted" prompt,me@example.com',
  );
  const line = JSON.stringify({ err: { message: error.message, code: "23505" }, job: "job_1" });
  const clean = JSON.parse(scrub(line));
  expect(clean.err.message).toBe("Failed query: insert into job values ($1)\nparams: […]");
  expect([clean.err.code, clean.job]).toEqual(["23505", "job_1"]);
  const stack = `${error.message}\nand its second line\n    at query (db.ts:1:1)`;
  const without = "Failed query: insert into job values ($1)\nparams: […]\n    at query (db.ts:1:1)";
  expect(scrub(stack)).toBe(without);
  expect(JSON.parse(scrub(JSON.stringify({ stack }))).stack).toBe(without);
  expect(scrub('fetch "https://cdn.example/film.mp4?X-Amz-Signature=abc&e=1" failed')).toBe(
    'fetch "https://cdn.example/film.mp4?[…]" failed',
  );
});

it("knows the collector's headers, whole and each value", () => {
  Object.assign(env(), {
    OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20canary-token-1,x-team=canary-team-2",
  });
  expect(scrub("canary-token-1 / canary-team-2")).toBe("[secret] / [secret]");
});
