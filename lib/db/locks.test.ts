import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { INSTALL_LOCK } from "../../packages/inngest-postgres/src/schema";
import { LOCKS } from "./locks";

it("has a number for each, and none that the engine beside it uses", () => {
  const numbers = [...Object.values(LOCKS), INSTALL_LOCK];
  expect(new Set(numbers).size).toBe(numbers.length);
});

it("is where they all are: nowhere else is a lock taken by a number of its own", () => {
  const files = ["lib", "packages", "inngest", "app", "bin"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const strays = files.filter((file) => {
    if (!/\.ts$/.test(file) || /\.test\.ts$|^packages.inngest-postgres.src.schema.index/.test(file))
      return false;
    return /_LOCK = \d|advisory\w*\(\s*\d/.test(readFileSync(file, "utf8"));
  });
  expect(files.length).toBeGreaterThan(300);
  expect(strays).toEqual([]);
});
