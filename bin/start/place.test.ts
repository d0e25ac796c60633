import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { withLock } from "./build-lock";
import { claimNewest, clearPlace, NEWEST, placeBuild, pruneBuilds } from "./place";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "kinora-builds-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** As Next does: an empty place, then a whole server. */
async function build(id: string): Promise<void> {
  await clearPlace(root);
  await mkdir(join(root, NEWEST), { recursive: true });
  await writeFile(join(root, NEWEST, "server.js"), id);
  await placeBuild(id, root);
  await pruneBuilds(root);
}

it("a second build leaves a running studio its files, and what starts next gets the new one", async () => {
  await build("one");
  const running = await claimNewest(root);
  await build("two");
  expect(await readFile(join(running, "server.js"), "utf8")).toBe("one");
  expect(await readFile(join(root, NEWEST, "server.js"), "utf8")).toBe("two");
  expect(await readFile(join(await claimNewest(root), "server.js"), "utf8")).toBe("two");
});

it("builds that nobody runs go with the next one", async () => {
  await build("one");
  const unused = join(root, "dist/web/one/server.js");
  await writeFile(join(root, "dist/web/one/used-by-999999999"), "");
  await build("two");
  await expect(readFile(unused)).rejects.toMatchObject({ code: "ENOENT" });
  await clearPlace(root);
  expect(await readFile(join(root, "dist/web/two/server.js"), "utf8")).toBe("two");
});

it("one builds at a time, and what a killed one left is taken over", async () => {
  const file = join(root, "dist/build.lock");
  let inside = 0;
  let most = 0;
  const work = () =>
    withLock(file, async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 20));
      inside -= 1;
    });
  await Promise.all([work(), work(), work()]);
  expect(most).toBe(1);
  await writeFile(file, "of one that was killed");
  await utimes(file, new Date(0), new Date(0));
  let waited = false;
  await withLock(file, async () => undefined, { waiting: () => (waited = true) });
  expect(waited).toBe(true);
});
