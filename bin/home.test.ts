import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepSecrets, prepareHome } from "./home";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kinora-secrets-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("Kinora's folder", () => {
  it("keeps its secrets from one start to the next, for this user alone", async () => {
    const home = await prepareHome(join(folder, "home"));
    const first = await keepSecrets(home);
    expect(first.authSecret.length).toBeGreaterThanOrEqual(32);
    expect(first.setupCode).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
    expect(await keepSecrets(home)).toEqual(first);
    const file = join(home.folder, "secrets.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await chmod(file, 0o644);
    await keepSecrets(home);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("does not replace secrets that it cannot read", async () => {
    const home = await prepareHome(folder);
    await writeFile(join(folder, "secrets.json"), "{ broken");
    await expect(keepSecrets(home)).rejects.toMatchObject({ code: "not_configured", action: /backup/ });
    expect(await readFile(join(folder, "secrets.json"), "utf8")).toBe("{ broken");
  });

  it("that cannot be written is said to be", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(prepareHome(join(folder, "file/home"))).rejects.toMatchObject({
      code: "storage_failed",
      action: expect.stringContaining("KINORA_HOME"),
    });
  });
});
