import { expect, it } from "vitest";
import { slugCandidates, slugify } from "./slug";

it.each([
  ["Café Nº 5", "cafe-no-5"],
  ["  Light & Shadow!  ", "light-shadow"],
  ["東京スタジオ", "studio"],
  ["../../etc", "etc"],
  [`${"a".repeat(39)} b`, "a".repeat(39)],
])("makes an address of %s", (name, slug) => {
  expect(slugify(name)).toBe(slug);
});

it("has ten addresses to try, all different", () => {
  const all = [...slugCandidates("Studio")];
  expect(all.slice(0, 5)).toEqual(["studio", "studio-2", "studio-3", "studio-4", "studio-5"]);
  expect(new Set(all).size).toBe(10);
});
