import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { sql } from "drizzle-orm";
import { closeDb, db, schema } from "@/lib/db";
import { env } from "@/lib/env";
import { recordReconciliation } from "@/lib/jobs";
import { addTeam } from "../support/people";
import { signIn } from "../support/signed-in";
import { addWork } from "./support/operations";
import { AUTH_SECRET, type OwnStudio, startOwnStudio } from "./support/own-studio";

const SLUG = "watch";
const PATH = `/w/${SLUG}/settings/operator`;

let studio: OwnStudio;
let team: Awaited<ReturnType<typeof addTeam>>;
let context: BrowserContext;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  studio = await startOwnStudio();
  Object.assign(env(), { DATABASE_URL: studio.databaseUrl, KINORA_URL: studio.url, AUTH_SECRET });
  team = await addTeam(db(), SLUG);
  await addWork(db(), team.workspaceId);
  context = await enter(browser, team.owner.userId);
  page = await context.newPage();
});

test.afterAll(async () => {
  await context?.close();
  await closeDb();
  await studio?.stop();
});

/** A browser in which this person is signed in. */
async function enter(browser: Browser, userId: string, options = {}): Promise<BrowserContext> {
  const entered = await browser.newContext({ baseURL: studio.url, ...options });
  await entered.addCookies([{ ...(await signIn(userId)), url: studio.url }]);
  return entered;
}

async function expectAccessible(on: Page) {
  const { violations } = await new AxeBuilder({ page: on }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const list = (name: string) => page.getByRole("list", { name }).getByRole("listitem");

test("the owner sees the queue, its oldest job, and comes to the jobs behind a figure", async () => {
  await page.goto(PATH);
  const figure = (name: string) => page.locator("dt", { hasText: name }).locator("+ dd");
  await expect(figure("Queued")).toHaveText("2");
  await expect(figure("Making")).toHaveText("1");
  await expect(figure("Wait for a person")).toHaveText("1");
  await expect(figure("Paused at a cap")).toHaveText("1");
  await expect(page.getByText("Longest in the queue:")).toContainText("A harbour at dawn, queued 40 min ago");
  await expectAccessible(page);

  await page.getByRole("link", { name: "Wait for a person" }).click();
  await expect(page).toHaveURL(`/w/${SLUG}/jobs?state=waiting`);
});

test("failures are told by provider, orders with their doubts, findings with what became of them", async () => {
  await page.goto(PATH);
  await expect(list("Failed attempts of the last 24 hours")).toHaveText([
    /replicate.*provider throttled.*2 in 1 job/,
    /openai.*provider down.*1 in 1 job/,
  ]);
  await expect(list("Open orders")).toHaveText([
    /In doubt.*A fox in the snow/,
    /Being made.*A fox in the snow/,
  ]);
  await expect(list("Findings of the reconciler")).toHaveText([
    /A job whose run had gone was started again · 2 times.*A fox in the snow/,
  ]);
});

test("it says that the reconciler is late, and what to do, as soon as it is", async () => {
  const late = page.getByRole("alert").filter({ hasText: "The reconciler is late." });
  await expect(page.getByText("It last looked just now")).toBeVisible();
  await expect(late).toHaveCount(0);
  await db().update(schema.errand).set({ endedAt: sql`now() - interval '6 minutes'` });
  await expect(late).toContainText("A worker does it: see that one runs, and what its log says.");
  await expect(page.getByText("It last looked 6 min ago")).toBeVisible();
  await expectAccessible(page);
  const health = await (await page.request.get("/healthz")).json();
  expect(health).toMatchObject({ ok: true, checks: { engine: "off", reconciler: "late" } });

  await recordReconciliation(db(), [], 41);
  await expect(late).toHaveCount(0);
});

test("the owner asks for a look now, and hears that nobody is there to do it", async () => {
  await page.getByRole("button", { name: "Run the reconciler now" }).click();
  await expect(page.getByText("No worker is here: the first one that comes will look.")).toBeVisible();
  await expect(page.getByText("none: what is ordered waits for one")).toBeVisible();
});

test("in a light room and on a phone it is as accessible, and nothing is cut off", async ({ browser }) => {
  const small = await enter(browser, team.owner.userId, { viewport: { width: 390, height: 844 } });
  await small.addCookies([{ name: "kinora-theme", value: "light", url: studio.url }]);
  const phone = await small.newPage();
  await phone.goto(PATH);
  await expect(phone.getByRole("heading", { name: "Reconciler" })).toBeVisible();
  await expectAccessible(phone);
  const wider = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  await small.close();
});

test("for everybody else there is no such page, and no way to it", async ({ browser }) => {
  const stranger = await addTeam(db(), "elsewhere");
  for (const { userId } of [team.editor, team.viewer, stranger.owner]) {
    const theirs = await enter(browser, userId);
    const other = await theirs.newPage();
    const answer = await other.goto(PATH);
    expect(answer?.status()).toBe(404);
    await expect(other.getByText("Queued")).toHaveCount(0);
    await expect(other.getByRole("link", { name: "Operator" })).toHaveCount(0);
    await theirs.close();
  }
});
