import { join } from "node:path";
import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import postgres from "postgres";
import { startPostgres } from "@/lib/embedded/postgres";
import { type ContractServer, startContractServer } from "@/tests/contract";
import { startApp } from "../start-app";
import { watchPolicy } from "./policy-breaches";

export const OWNER = {
  name: "Ines Owner",
  email: "ines@example.com",
  password: "nine lamps on a long table",
};
const SLUG = "night-shift";

export type PaidStudio = {
  url: string;
  /** The path of the owner's workspace. */
  home: string;
  context: BrowserContext;
  page: Page;
  /** Stands in for the providers, does what it is told, and counts what would be paid. */
  contract: ContractServer;
  sql: postgres.Sql;
  stop(): Promise<void>;
};

/** A whole studio with worker and providers, and its owner signed in. */
export async function startPaidStudio(browser: Browser): Promise<PaidStudio> {
  const contract = await startContractServer();
  const app = await startApp(contract.env);
  // Adopts the one that the studio runs: whoever leaves last stops it.
  const database = await startPostgres({ home: join(app.home, ".kinora") });
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const context = await browser.newContext({ baseURL: app.url });
  const breaches = await watchPolicy(context);
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  await page.goto("/setup");
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByLabel("Workspace").fill("Night Shift");
  await page.getByRole("button", { name: "Open the studio" }).click();
  await expect(page).toHaveURL(new RegExp(`/w/${SLUG}$`));
  return {
    url: app.url,
    home: `/w/${SLUG}`,
    context,
    page,
    contract,
    sql,
    async stop() {
      const refused = breaches.take();
      await context.close();
      await sql.end({ timeout: 2 });
      await database.stop();
      await app.stop();
      await contract.stop();
      expect(refused).toEqual([]);
    },
  };
}
