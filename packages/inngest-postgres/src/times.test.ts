import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff";
import { delayMs, parseDuration } from "./duration";

describe("durations", () => {
  it.each([
    ["2s", 2000],
    ["1h30m", 5_400_000],
    ["1w2d", 777_600_000],
    ["500ms", 500],
    ["1.5h", 5_400_000],
  ])("%s is %d ms", (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(["", "s", "5", "5 s", "-1s", "1y", "1h and"])("%o is none", (text) =>
    expect(parseDuration(text)).toBeUndefined(),
  );

  it("takes times, too; those that are over are due now", () => {
    expect(delayMs("2026-01-01T00:00:10Z", Date.parse("2026-01-01T00:00:00Z"))).toBe(10_000);
    expect(delayMs("2026-01-01T00:00:00Z", Date.parse("2027-01-01T00:00:00Z"))).toBe(0);
    expect(() => delayMs("tomorrow")).toThrow(RangeError);
  });
});

describe("the pause before the next attempt", () => {
  it.each([
    [0, 15],
    [1, 30],
    [4, 300],
    [9, 7200],
    [40, 7200],
  ])("after failed attempt %d is %d s and up to 30 s more", (attempt, seconds) => {
    const ms = backoffMs(attempt, undefined);
    expect(ms).toBeGreaterThanOrEqual(seconds * 1000);
    expect(ms).toBeLessThan((seconds + 30) * 1000);
  });

  it("is what the error asked for, within a second and a day", () => {
    expect(backoffMs(0, "7")).toBe(7000);
    expect(backoffMs(0, "0")).toBe(1000);
    expect(backoffMs(0, "999999")).toBe(86_400_000);
    const asked = backoffMs(0, new Date(Date.now() + 60_000).toISOString());
    expect(asked).toBeGreaterThan(59_000);
    expect(asked).toBeLessThanOrEqual(60_000);
  });
});
