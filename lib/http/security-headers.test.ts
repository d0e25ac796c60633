import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { env } from "@/lib/env";
import { sendSecurityHeaders } from "./security-headers";

sendSecurityHeaders(["https://bucket.example/"]);

type Answer = { headers: Headers; nonceForNext: string };

/** What a server says that itself says nothing, at this address of the studio, and what Next would read there. */
async function askAt(address: string, path = "/no/such/page", sent: HeadersInit = {}): Promise<Answer> {
  Object.assign(env(), { KINORA_URL: address });
  let nonceForNext = "";
  const server = createServer((request, response) => {
    nonceForNext = String(request.headers["content-security-policy"]);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, { headers: sent });
  return { headers, nonceForNext };
}

const policyOf = ({ headers }: Answer) => headers.get("content-security-policy") ?? "";

it("goes with every answer, errors too", async () => {
  const answer = await askAt("http://localhost:3000");
  expect(policyOf(answer)).toContain("frame-ancestors 'none'");
  expect(answer.headers.get("permissions-policy")).toContain("camera=(), ");
  expect(answer.headers.get("referrer-policy")).toBe("same-origin");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("x-frame-options")).toBe("DENY");
});

it("makes a nonce for each request, and nobody else can", async () => {
  const sent = { "content-security-policy": "script-src 'nonce-theirs'" };
  const answers = [await askAt("http://localhost:3000", "/", sent), await askAt("http://localhost:3000")];
  const nonces = answers.map(
    ({ nonceForNext }) => /^script-src ('nonce-[\w+/]{22}==')$/.exec(nonceForNext)?.[1],
  );
  expect(new Set(nonces).size).toBe(2);
  for (const [index, answer] of answers.entries()) expect(policyOf(answer)).toContain(nonces[index]);
});

it("names the bucket", async () => {
  expect(policyOf(await askAt("http://localhost:3000"))).toMatch(/img-src [^;]*https:\/\/bucket\.example\//);
});

it.each([
  ["/media/ws_1/a.svg?signature=1", true],
  ["/api/w/studio/assets", true],
  ["/healthz", true],
  ["/metrics?a", true],
  ["/w/studio/library", false],
  ["/apiary", false],
])("%s is no page: %s", async (path, expected) => {
  expect(policyOf(await askAt("http://localhost:3000", path)).includes("sandbox")).toBe(expected);
});

it.each([
  ["https://kinora.example", "max-age=31536000"],
  ["http://kinora.lan:3000", null],
])("at %s holds browsers to TLS: %s", async (address, expected) => {
  expect((await askAt(address)).headers.get("strict-transport-security")).toBe(expected);
});

it("asks for TLS inside a page only at the address that has it", async () => {
  expect(policyOf(await askAt("https://kinora.example"))).not.toContain("upgrade-insecure-requests");
});
