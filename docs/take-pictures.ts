import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, chromium, expect, type Page } from "@playwright/test";
import sharp from "sharp";
import type { Order } from "@/components/generate/order";
import { findChromium } from "@/tests/browser/chromium";
import { startApp } from "@/tests/browser/start-app";
import { orderJob } from "@/tests/browser/support/order";

/** Takes the README's pictures: starts the app on an empty folder, uses it as a person would, waits, and looks. */
const FOLDER = "docs/pictures";
const WIDE = { width: 1440, height: 900 };
const PHONE = {
  viewport: { width: 390, height: 844 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};
/** How long the draft engine may take for all of them together. */
const PATIENCE = { timeout: 900_000, intervals: [3_000] };

/** The last ones come first on the home page. */
const ORDERS = {
  choice: { prompt: "A street in the city at night after rain, neon signs in the puddles", count: 4 },
  kitchen: { prompt: "A kitchen in the morning, light through the window, steam over a cup", ratio: "4:3" },
  stills: { prompt: "Mountains above the clouds at sunrise", animate: false, count: 3 },
  square: { prompt: "A perfume bottle on black stone, studio light", ratio: "1:1", count: 1 },
  upright: { prompt: "A lighthouse in a storm at dusk", ratio: "9:16", chooseAutomatically: true },
  film: { prompt: "A sailing boat on a calm sea under the moon", chooseAutomatically: true },
} satisfies Record<string, Partial<Order>>;

const executablePath = findChromium();
if (!executablePath) throw new Error("No Chromium or Chrome was found. Install one, or set CHROMIUM_BIN.");
const app = await startApp();
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
});
try {
  await mkdir(FOLDER, { recursive: true });
  const dark = await browser.newContext({ baseURL: app.url, viewport: WIDE });
  const page = await dark.newPage();
  const home = await openStudio(page);
  const jobs: Record<string, string> = {};
  for (const [name, form] of Object.entries(ORDERS)) jobs[name] = await orderJob(page, home, form);
  await untilAllRest(page, home);

  await page.evaluate(() => sessionStorage.clear());
  await page.goto(home);
  await page
    .getByRole("textbox", { name: "Prompt" })
    .fill("A fox in the snow at dusk, breath in the cold air");
  await expect(page.getByRole("button", { name: /^Generate/ })).toHaveText(/ · /);
  await shoot(page, "home");
  await take(page, jobs.choice, "choice");
  await take(page, jobs.film, "job");
  await take(page, `${home}/library`, "library");
  await inLight(dark, `${home}/library`);
  await onPhone(dark, jobs.upright);
} finally {
  await browser.close();
  await app.stop();
}

async function openStudio(page: Page): Promise<string> {
  await page.goto("/");
  await page.getByLabel("Your name").fill("Ada Park");
  await page.getByLabel("E-mail").fill("ada@example.com");
  await page.getByLabel("Password", { exact: true }).fill("a long sentence to remember");
  await page.getByLabel("Workspace").fill("North Light");
  await page.getByRole("button", { name: "Open the studio" }).click();
  await page.waitForURL(/\/w\//);
  return new URL(page.url()).pathname;
}

/** Until every order is finished or waits for a choice, and none has failed. */
async function untilAllRest(page: Page, home: string): Promise<void> {
  const count = async (state: string) => {
    await page.goto(`${home}/jobs?state=${state}`);
    const rows = page.getByRole("list", { name: "Jobs, newest first" });
    await rows.or(page.locator("main h2")).first().waitFor();
    return rows.getByRole("listitem").count();
  };
  const atWork = async () => (await count("queued")) + (await count("running"));
  await expect.poll(atWork, PATIENCE).toBe(0);
  expect(await count("failed"), "failed jobs").toBe(0);
}

async function take(page: Page, path: string | undefined, name: string): Promise<void> {
  await page.goto(path ?? "/");
  await shoot(page, name);
}

/** WebP of the window, once fonts are there and every picture in sight is drawn. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(1_500);
  const png = await page.screenshot({ animations: "disabled" });
  await sharp(png)
    .webp({ quality: 88 })
    .toFile(join(FOLDER, `${name}.webp`));
}

async function inLight(context: BrowserContext, path: string): Promise<void> {
  await context.addCookies([{ name: "kinora-theme", value: "light", url: app.url }]);
  await take(await context.newPage(), path, "library-light");
  await context.clearCookies({ name: "kinora-theme" });
}

async function onPhone(context: BrowserContext, path: string | undefined): Promise<void> {
  const phone = await browser.newContext({
    baseURL: app.url,
    storageState: await context.storageState(),
    ...PHONE,
  });
  await take(await phone.newPage(), path, "phone");
}
