import { describe, expect, it } from "vitest";
import { env } from "@/lib/env";
import { signingWindow, signMediaPath, verifyMediaPath } from "./signature";

Object.assign(env(), { AUTH_SECRET: "a secret of more than thirty-two characters" });

const NOW = Date.parse("2026-11-21T10:00:00Z");
const HOUR = 3_600_000;
const parse = (path: string) => {
  const url = new URL(path, "http://kinora.test");
  return { key: url.pathname.replace("/media/", ""), query: url.searchParams };
};
const verify = (path: string, now = NOW) => {
  const { key, query } = parse(path);
  return verifyMediaPath(key, query, now);
};

describe("signed media paths", () => {
  it("open their own file until they expire", () => {
    const path = signMediaPath("ws_1/a.png", { downloadAs: "Ä & b.png" }, NOW);
    expect(verify(path)).toEqual({
      key: "ws_1/a.png",
      expiresAt: new Date("2026-11-21T18:00:00Z"),
      downloadAs: "Ä & b.png",
      forProvider: false,
    });
    expect(verify(path, NOW + 7.99 * HOUR).key).toBe("ws_1/a.png");
    expect(() => verify(path, NOW + 8 * HOUR)).toThrow("has expired");
  });

  it("are equal within a window and differ in the next", () => {
    const at = (hours: number) => signMediaPath("ws_1/a.png", {}, NOW + hours * HOUR);
    expect(at(1.9)).toBe(at(0));
    expect(at(2)).not.toBe(at(0));
  });

  it("last for the wanted time at least, and twice that at most", () => {
    for (let minute = 0; minute < 180; minute += 7) {
      const now = NOW + minute * 60_000;
      const left = signingWindow(3600, now).endsAt.getTime() - now;
      expect(left).toBeGreaterThan(HOUR);
      expect(left).toBeLessThanOrEqual(2 * HOUR);
    }
  });

  it("prove nothing once anything about them is changed", () => {
    const path = signMediaPath("ws_1/a.png", { downloadAs: "a.png" }, NOW);
    const later = String(Math.floor(NOW / 1000) + 90_000);
    const forged = [
      path.replace("ws_1/a.png", "ws_2/a.png"),
      path.replace(/e=\d+/, `e=${later}`),
      path.replace("d=a.png", "d=a.html"),
      path.replace("&d=a.png", ""),
      path.replace(/s=.*/, ""),
      path.replace(/s=.*/, "s="),
      path.replace(/s=./, (s) => (s === "s=A" ? "s=B" : "s=A")),
      "/media/ws_1/a.png",
      `${path}&p=1`,
      signMediaPath("ws_1/a.png", { downloadAs: "a.png", forProvider: true }, NOW).replace("&p=1", ""),
    ];
    for (const one of forged) expect(() => verify(one), one).toThrow("not valid");
  });

  it("are worthless under another secret", () => {
    const path = signMediaPath("ws_1/a.png", {}, NOW);
    Object.assign(env(), { AUTH_SECRET: "another secret of more than thirty-two characters" });
    expect(() => verify(path)).toThrow("not valid");
    Object.assign(env(), { AUTH_SECRET: undefined });
    expect(() => verify(path)).toThrow("AUTH_SECRET is not set");
    Object.assign(env(), { AUTH_SECRET: "a secret of more than thirty-two characters" });
  });
});
