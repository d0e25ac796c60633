import { describe, expect, it } from "vitest";
import { readRetryAfter } from "./retry-after";

const NOW = new Date("2026-11-21T10:00:00Z");
const read = (header: string | null, text = "") =>
  readRetryAfter(new Headers(header === null ? {} : { "retry-after": header }), text, NOW);

describe("how long to wait", () => {
  it.each([
    ["7", "", 7],
    ["0.2", "", 1],
    ["0", "", 1],
    ["-5", "", 1],
    ["999999", "", 3600],
    ["Sat, 21 Nov 2026 10:01:30 GMT", "", 90],
    ["Sat, 21 Nov 2026 09:00:00 GMT", "", 1],
    ["soon", "resets in ~30s.", 30],
    [null, "Request was throttled. Your rate limit resets in ~12s.", 12],
    [null, "Please try again in 1m20.5s. Visit our page.", 81],
    [null, "Please try again in 250ms.", 1],
    [null, "try again in 2 minutes", 120],
    [null, "in 6 hats", 30],
    [null, "", 30],
  ])("%s, “%s”: %i s", (header, text, seconds) => {
    expect(read(header, text)).toBe(seconds);
  });
});
