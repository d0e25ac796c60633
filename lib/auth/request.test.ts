import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/env";
import { clientAddress, needsSetupCode } from "./request";

const local = { host: "localhost:3000", "x-kinora-peer": "127.0.0.1" };
const needs = (headers: Record<string, string>, env: Record<string, string> = {}) =>
  needsSetupCode(new Headers(headers), parseEnv(env));

describe("the setup code", () => {
  it("is not asked for on this machine alone", () => {
    expect(needs(local)).toBe(false);
    expect(needs({ host: "127.0.0.1:3000", "x-kinora-peer": "::1" })).toBe(false);
    expect(needs({ host: "[::1]:3000", "x-kinora-peer": "::ffff:127.0.0.1" })).toBe(false);
  });

  it("is asked for wherever somebody else could be asking", () => {
    expect(needs(local, { HOST: "0.0.0.0" })).toBe(true);
    expect(needs(local, { KINORA_URL: "https://kinora.example" })).toBe(true);
    expect(needs({ ...local, "x-kinora-peer": "203.0.113.5" })).toBe(true);
    // A tunnel to this machine: the connection is local, the visitor is not.
    expect(needs({ ...local, "x-forwarded-for": "203.0.113.5" })).toBe(true);
    expect(needs({ ...local, "x-forwarded-for": "203.0.113.5, 127.0.0.1" })).toBe(true);
    expect(needs({ ...local, "x-forwarded-for": "127.0.0.1, 203.0.113.5" })).toBe(true);
    expect(needs({ ...local, host: "evil.example" })).toBe(true);
    expect(needs({ ...local, host: "localhost.evil.example" })).toBe(true);
    expect(needs({ ...local, "x-forwarded-host": "kinora.example" })).toBe(true);
    expect(needs({ host: "localhost:3000" })).toBe(true);
  });
});

describe("the address of a request", () => {
  const of = (headers: Record<string, string>, TRUST_PROXY = "") =>
    clientAddress(new Headers(headers), parseEnv({ TRUST_PROXY }));
  const spoofed = { "x-kinora-peer": "192.0.2.1", "x-forwarded-for": "198.51.100.9, 203.0.113.5, 10.0.0.2" };

  it("is the connection's, whatever the headers say, where no proxy is trusted", () => {
    for (const none of ["", "0", "false"]) expect(of(spoofed, none)).toBe("192.0.2.1");
    expect(of({})).toBe("unknown");
  });

  it("is what the outermost of the trusted proxies saw: nothing before that counts", () => {
    expect(of(spoofed, "1")).toBe("10.0.0.2");
    expect(of(spoofed, "true")).toBe("10.0.0.2");
    expect(of(spoofed, "2")).toBe("203.0.113.5");
  });

  it("falls back to what there is when there are fewer proxies than said", () => {
    expect(of(spoofed, "9")).toBe("198.51.100.9");
    expect(of({ "x-kinora-peer": "192.0.2.1" }, "1")).toBe("192.0.2.1");
    expect(of({ "x-kinora-peer": "192.0.2.1", "x-forwarded-for": " , " }, "1")).toBe("192.0.2.1");
  });
});
