import { existsSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { env } from "@/lib/env";
import { PROVIDERS } from "./registry";

const folders = readdirSync("lib/ai", { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(`lib/ai/${entry.name}/declaration.ts`))
  .map(({ name }) => name);

it("has every folder with a declaration, under the name of its folder", () => {
  expect(PROVIDERS.map(({ id }) => id).sort()).toEqual(folders.sort());
});

it.each(folders)("%s does what it declares", async (name) => {
  const declared = PROVIDERS.find(({ id }) => id === name) ?? expect.fail(`${name} is not registered`);
  const { actions } = await import(`./${name}/index.ts`);
  expect(actions.reconcile !== undefined).toBe(declared.afterLostAnswer === "reconcile");
  expect(actions.verifyWebhook !== undefined).toBe(declared.webhook !== undefined);
  for (const model of declared.models) expect(model.provider).toBe(name);
});

it("fetches results from hosts that are the provider's, or from the base URL that was set for it", () => {
  for (const { downloads, keyName } of PROVIDERS) {
    for (const host of downloads?.hosts ?? []) expect(host).toMatch(/^(\*\.)?[a-z0-9.-]+\.[a-z]+$/);
    for (const name of [keyName, downloads?.baseUrlName]) if (name) expect(env()[name]).toBeUndefined();
  }
});
