import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { hashSources } from "./build";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kinora-sources-"));
  for (const folder of ["app", "packages/painter/src"]) await mkdir(join(root, folder), { recursive: true });
  for (const name of ["package.json", "proxy.ts", "app/page.tsx"]) await writeFile(join(root, name), name);
});
afterEach(() => rm(root, { recursive: true }));

it.each([
  "package.json",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
  "app/page.tsx",
  "app/new.tsx",
  "packages/painter/src/new.ts",
])("builds again when %s changes", async (name) => {
  const before = await hashSources(root);
  await writeFile(join(root, name), "changed");
  expect(await hashSources(root)).not.toBe(before);
});

it.each(["next-env.d.ts", "README.md", "app/page.test.tsx"])("needs no new build for %s", async (name) => {
  const before = await hashSources(root);
  await writeFile(join(root, name), "changed");
  expect(await hashSources(root)).toBe(before);
});
