import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { closeDb, db } from "@/lib/db";
import { env } from "@/lib/env";
import { addTeam } from "../support/people";
import { signIn } from "../support/signed-in";
import { expectAccessible } from "./support/checks";
import { addWork } from "./support/operations";
import { AUTH_SECRET, type OwnStudio, startOwnStudio } from "./support/own-studio";

const HOME = "/w/harbour";
/** A page gives its line back after twenty seconds in the background. */
const LONG_HIDDEN_MS = 30_000;

let studio: OwnStudio;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  studio = await startOwnStudio();
  Object.assign(env(), { DATABASE_URL: studio.databaseUrl, KINORA_URL: studio.url, AUTH_SECRET });
  const team = await addTeam(db(), "harbour");
  await addWork(db(), team.workspaceId);
  context = await browser.newContext({ baseURL: studio.url });
  await context.addCookies([{ ...(await signIn(team.owner.userId)), url: studio.url }]);
});
test.afterAll(async () => {
  await context?.close();
  await closeDb();
  await studio?.stop();
});

/** A page on which clocks can be put forward, once its line to the server is up. */
test.beforeEach(async () => {
  await studio.beginWeb();
  page = await context.newPage();
  await page.clock.install();
  await Promise.all([
    page.waitForResponse((answer) => answer.url().includes("/api/live")),
    page.goto(`${HOME}/jobs`),
  ]);
  await page.evaluate(() => Object.assign(window, { unmoved: true }));
});
test.afterEach(() => page.close());

const heading = (name: string) => page.getByRole("heading", { level: 1, name });
const waits = () => page.getByText("Kinora does not answer. It goes on by itself; jobs go on, too.");
const isSamePage = () => page.evaluate(() => "unmoved" in window);

async function turn(state: "hidden" | "visible"): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, get: () => now });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/** In the background until the page has given its line back. */
async function hideForLong(): Promise<void> {
  const closed = page.waitForEvent("requestfailed", (request) => request.url().includes("/api/live"));
  await turn("hidden");
  await page.clock.fastForward(LONG_HIDDEN_MS);
  await closed;
}

test("a tab that was hidden while the server restarts stays a page, and goes on by itself", async () => {
  await hideForLong();
  await studio.endWeb();
  await turn("visible");
  await expect(waits()).toBeVisible();
  await expect(heading("Jobs")).toBeVisible();
  await expectAccessible(page);
  await studio.beginWeb();
  await expect(waits()).toHaveCount(0, { timeout: 30_000 });
  await page.getByRole("link", { name: "Library" }).first().click();
  await expect(heading("Library")).toBeVisible();
  expect(await isSamePage()).toBe(true);
});

test("hidden and seen again several times, it still only waits", async () => {
  await studio.endWeb();
  for (const state of ["hidden", "visible", "hidden", "visible"] as const) {
    await turn(state);
    await page.clock.fastForward(LONG_HIDDEN_MS);
  }
  await expect(waits()).toBeVisible();
  await expect(heading("Jobs")).toBeVisible();
  await studio.beginWeb();
  await expect(waits()).toHaveCount(0, { timeout: 30_000 });
  expect(await isSamePage()).toBe(true);
});

test("a link that is followed meanwhile leads there once the server is back", async () => {
  await studio.endWeb();
  await page.getByRole("link", { name: "Library" }).first().click();
  await expect(waits()).toBeVisible();
  expect(page.url()).not.toContain("chrome-error");
  await studio.beginWeb();
  await expect(heading("Library")).toBeVisible({ timeout: 30_000 });
  expect(await isSamePage()).toBe(true);
});

test("what the page itself leaves for waits as well: another address, and a reload", async () => {
  for (const leave of ["assign", "reload"] as const) {
    await studio.endWeb();
    await page.evaluate(
      ([how, address]) => {
        // Not within this call, which would wait for the page to be left.
        setTimeout(() => (how === "reload" ? location.reload() : location.assign(address)));
      },
      [leave, `${HOME}/jobs?state=waiting`] as const,
    );
    await expect(waits()).toBeVisible();
    expect(await isSamePage()).toBe(true);
    await studio.beginWeb();
    await page.waitForFunction(() => !("unmoved" in window));
    await expect(heading("Jobs")).toBeVisible();
    await page.evaluate(() => Object.assign(window, { unmoved: true }));
  }
  await expect(page).toHaveURL(`${HOME}/jobs?state=waiting`);
});
