import { expect, it } from "vitest";
import { readFilter, writeFilter } from "./filter-schema";
import type { AssetFilter } from "./schema";

const full: AssetFilter = {
  q: "red & blue",
  kind: "video",
  starred: true,
  draft: false,
  boardId: "board_1",
  jobId: "job_1",
  tag: "deep sea",
  model: "replicate:black-forest-labs/flux-schnell",
};

it("survives the way through an address", () => {
  expect(readFilter(new URLSearchParams(writeFilter(full)))).toEqual(full);
  expect(readFilter(new URLSearchParams(writeFilter({ draft: true })))).toEqual({ draft: true });
});

it("is empty when nothing is asked", () => {
  expect(writeFilter({})).toBe("");
  expect(writeFilter({ q: "", starred: false })).toBe("");
  expect(readFilter({})).toEqual({});
});

it("counts damaged values as not given", () => {
  const damaged = {
    kind: "gif",
    starred: "yes",
    made: "x",
    q: "   ",
    board: "b".repeat(99),
    tag: ["a", "b"],
  };
  expect(readFilter(damaged)).toEqual({});
});
