import type { IncomingHttpHeaders } from "node:http";
import { expect, it } from "vitest";
import { settleHost } from "./own-origin";

const OWN = "https://kinora.example";

function settle(headers: IncomingHttpHeaders) {
  const told: string[] = [];
  const own = { ...headers };
  settleHost(own, OWN, (origin) => told.push(origin));
  return { host: own["x-forwarded-host"], told };
}

it.each<[string, IncomingHttpHeaders, string | undefined, string[]]>([
  ["a proxy that passes its own Host on", { origin: OWN, host: "web:3000" }, "kinora.example", []],
  [
    "one that names another host as forwarded",
    { origin: OWN, host: "web:3000", "x-forwarded-host": "lb" },
    "kinora.example",
    [],
  ],
  ["a proxy that leaves the Host", { origin: OWN, host: "kinora.example" }, undefined, []],
  ["localhost, past the proxy", { origin: "http://localhost:3000", host: "localhost:3000" }, undefined, []],
  [
    "another site",
    { origin: "https://evil.example", host: "web:3000", "next-action": "x" },
    undefined,
    ["https://evil.example"],
  ],
  ["our own host without TLS", { origin: "http://kinora.example", host: "web:3000" }, undefined, []],
  ["an origin that hides", { origin: "null", host: "web:3000", "next-action": "x" }, undefined, []],
  ["no browser", { host: "web:3000" }, undefined, []],
])("%s", (_name, headers, host, told) => expect(settle(headers)).toEqual({ host, told }));
