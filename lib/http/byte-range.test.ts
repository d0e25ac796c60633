import { expect, it } from "vitest";
import { parseRange } from "./byte-range";

it.each([
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=0-", { start: 0, end: 99 }],
  ["bytes=10-19", { start: 10, end: 19 }],
  ["bytes=90-1000", { start: 90, end: 99 }],
  ["bytes=-1", { start: 99, end: 99 }],
  ["bytes=-1000", { start: 0, end: 99 }],
  ["bytes=100-", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  [null, null],
  ["", null],
  ["bytes=-", null],
  ["bytes=5-2", null],
  ["bytes=1-2,5-6", null],
  ["bytes=a-b", null],
  ["items=0-1", null],
  ["bytes=0x1-2", null],
] as const)("reads %j of 100 bytes", (header, range) => {
  expect(parseRange(header, 100)).toEqual(range);
});

it("satisfies nothing of an empty file", () => {
  expect(parseRange("bytes=0-", 0)).toBe("unsatisfiable");
  expect(parseRange("bytes=-5", 0)).toBe("unsatisfiable");
});
