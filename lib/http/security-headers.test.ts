import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { env } from "@/lib/env";
import { sendSecurityHeaders } from "./security-headers";

sendSecurityHeaders();

/** What a server says that itself says nothing, at this address of the studio. */
async function headersAt(address: string): Promise<Headers> {
  Object.assign(env(), { KINORA_URL: address });
  const server = createServer((_request, response) => response.writeHead(404).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/no/such/page`)).headers;
}

it("goes with every answer, errors too", async () => {
  const headers = await headersAt("http://localhost:3000");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(headers.get("permissions-policy")).toContain("camera=(), ");
  expect(headers.get("referrer-policy")).toBe("same-origin");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("x-frame-options")).toBe("DENY");
});

it.each([
  ["https://kinora.example", "max-age=31536000"],
  ["http://kinora.lan:3000", null],
])("at %s holds browsers to TLS: %s", async (address, expected) => {
  expect((await headersAt(address)).get("strict-transport-security")).toBe(expected);
});
