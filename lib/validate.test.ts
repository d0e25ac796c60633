import { expect, it } from "vitest";
import { isDeeperThan } from "./validate";

const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
const isDeep = (json: string) => isDeeperThan(3, Buffer.from(json));

it.each([
  ["", false],
  [deep(3), false],
  [deep(4), true],
  ["[".repeat(4), true],
  ["[]".repeat(9), false],
  ['{"a":{"b":[1]}}', false],
  ['{"a":{"b":[{}]}}', true],
  ['["[[[[", "{{{{"]', false],
  ['["a\\"[[[["]', false],
  ['["a\\\\", [[[1]]]]', true],
  ['["a\\\\\\"[[[["]', false],
  ['"[[[[', false],
  ["]]]][[[[[[[[", true],
])("%s is nested deeper than 3: %s", (json, deeper) => {
  expect(isDeep(json)).toBe(deeper);
});
