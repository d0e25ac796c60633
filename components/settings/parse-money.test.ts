import { expect, it } from "vitest";
import { parseMoney, writeMoney } from "./parse-money";

it.each([
  ["25", 25_000_000],
  ["$2.50", 2_500_000],
  [" 1,000 ", 1_000_000_000],
  ["0", 0],
  ["0.003", 3_000],
  ["", null],
  ["ten", Number.NaN],
  ["-5", Number.NaN],
  ["1,5", Number.NaN],
  ["1e9", Number.NaN],
])("reads %j", (text, micros) => {
  expect(parseMoney(text)).toEqual(micros);
});

it.each([
  [25_000_000, "25"],
  [2_500_000, "2.50"],
  [3_000, "0.003"],
  [0, "0"],
  [null, ""],
])("writes %j", (micros, text) => {
  expect(writeMoney(micros)).toBe(text);
});
