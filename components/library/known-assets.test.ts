import { expect, it } from "vitest";
import type { AssetView } from "@/lib/assets/schema";
import { append, change, insert, mergeFirst, remove } from "./known-assets";

const asset = (n: number) =>
  ({ id: `asset_${n}`, createdAt: new Date(1_000 * n).toISOString(), starred: false }) as AssetView;
const list = (numbers: number[], nextCursor: string | null = null) => ({
  assets: numbers.map(asset),
  nextCursor,
});
const numbers = ({ assets }: { assets: AssetView[] }) => assets.map(({ id }) => Number(id.slice(6)));

it("keeps the pages behind when something new comes in front", () => {
  const merged = mergeFirst(list([9, 8, 7, 6, 5, 4], "after 4"), list([10, 9, 8], "after 8"));
  expect(numbers(merged)).toEqual([10, 9, 8, 7, 6, 5, 4]);
  expect(merged.nextCursor).toBe("after 4");
});

it("drops what has gone from the first page's stretch", () => {
  expect(numbers(mergeFirst(list([9, 8, 7, 6], "c"), list([9, 7, 6], "after 6")))).toEqual([9, 7, 6]);
  expect(numbers(mergeFirst(list([9, 8, 7, 6], "c"), list([9, 6], null)))).toEqual([9, 6]);
});

it("forgets the old where it does not touch the new: there may be more in between", () => {
  expect(numbers(mergeFirst(list([3, 2, 1]), list([9, 8, 7], "after 7")))).toEqual([9, 8, 7]);
  expect(numbers(mergeFirst(list([3, 2, 1]), list([])))).toEqual([]);
});

it("appends a page once", () => {
  const two = append(list([9, 8], "after 8"), list([8, 7], null));
  expect(numbers(two)).toEqual([9, 8, 7]);
  expect(two.nextCursor).toBeNull();
});

it("takes out, puts back in place and changes", () => {
  const known = list([5, 4, 3, 2], "c");
  const without = remove(known, ["asset_4", "asset_3"]);
  expect(numbers(without)).toEqual([5, 2]);
  expect(numbers(insert(without, [asset(3), asset(4)]))).toEqual([5, 4, 3, 2]);
  expect(change(known, ["asset_4"], { starred: true }).assets.map(({ starred }) => starred)).toEqual([
    false,
    true,
    false,
    false,
  ]);
});
