import { describe, expect, it } from "vitest";
import { downloadRules, isPublicAddress, pinnedLookup } from "./guard";

describe("addresses of the public internet", () => {
  it.each(["8.8.8.8", "151.101.1.140", "2606:4700::6810:84e5"])("%s is one", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...["0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1"],
    ...["192.168.1.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "203.0.113.7"],
    ...["::", "::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "fe80::1", "fc00::1", "fd12::1", "ff02::1"],
    ...["64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "2001::1", "", "example.com", "1"],
  ])("%s is none", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("rules for results", () => {
  const rules = downloadRules(["replicate.delivery", "*.replicate.delivery"]);

  it.each([
    "https://replicate.delivery/xezq/abc/out.png",
    "https://pbxt.replicate.delivery/a",
    "https://a.b.replicate.delivery/x",
  ])("allow %s", (url) => {
    expect(rules.check(url).href).toBe(url);
  });

  it.each([
    "http://replicate.delivery/out.png",
    "ftp://replicate.delivery/out.png",
    "file:///etc/passwd",
    "data:text/plain,x",
    "https://replicate.delivery:8443/x",
    "https://replicate.delivery.evil.example/x",
    "https://evilreplicate.delivery/x",
    "https://evil.example/replicate.delivery",
    "https://evil.example#.replicate.delivery",
    "https://replicate.delivery@evil.example/x",
    "https://user:pass@replicate.delivery/x",
    "https://replicate.delivery./x",
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://[::1]/x",
    "https://[::ffff:169.254.169.254]/latest",
    "//replicate.delivery/x",
    "not an address",
  ])("refuse %s", (url) => {
    expect(() => rules.check(url)).toThrowError(
      expect.objectContaining({ code: "provider_answer", retry: "never" }),
    );
  });

  it("allow the one origin that the configuration names, and no other on that host", () => {
    const own = downloadRules([], "http://127.0.0.1:4400/replicate/v1");
    expect(own.isOwn(own.check("http://127.0.0.1:4400/delivery/a.png"))).toBe(true);
    expect(() => own.check("http://127.0.0.1:4401/delivery/a.png")).toThrow();
    expect(() => own.check("https://127.0.0.1:4400/delivery/a.png")).toThrow();
    expect(() => own.check("http://localhost:4400/delivery/a.png")).toThrow();
  });
});

describe("a pinned lookup", () => {
  const look = (addresses: { address: string; family: number }[], all: boolean) =>
    new Promise((resolve) =>
      pinnedLookup(async () => addresses)("x.replicate.delivery", { all }, (error, address, family) =>
        resolve(error ?? [address, family]),
      ),
    );

  it("hands on public addresses, one or all", async () => {
    const addresses = [{ address: "8.8.8.8", family: 4 }];
    expect(await look(addresses, false)).toEqual(["8.8.8.8", 4]);
    expect(await look(addresses, true)).toEqual([addresses, undefined]);
  });

  it.each([
    [[]],
    [[{ address: "127.0.0.1", family: 4 }]],
    [
      [
        { address: "8.8.8.8", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ],
    ],
    [[{ address: "::ffff:192.168.0.1", family: 6 }]],
  ])("refuses %o", async (addresses) => {
    expect(await look(addresses, true)).toMatchObject({ code: "provider_answer" });
  });
});
