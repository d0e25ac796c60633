import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, test as base, expect, type Locator, type Page } from "@playwright/test";
import sharp from "sharp";
import { runFfmpeg } from "@/lib/media";
import { type StartedApp, startApp } from "../start-app";
import { watchPolicy } from "./policy-breaches";

const OWNER = { name: "Lena Library", email: "lena@example.com", password: "a shelf full of films" };

export const slug = "shelf";

/** A studio with an owner signed in, and a folder for the files that are uploaded to it. */
export type Library = { studio: StartedApp; context: BrowserContext; page: Page; folder: string };

/** One library for all specs of a worker; its shelf holds seven pictures and a film, found by "shelf". */
export const test = base.extend<object, { library: Library }>({
  library: [
    async ({ browser }, use) => {
      const folder = await mkdtemp(join(tmpdir(), "kinora-library-"));
      const studio = await startApp();
      const context = await browser.newContext({ baseURL: studio.url });
      const breaches = await watchPolicy(context);
      try {
        const page = await context.newPage();
        await openStudio(page);
        await fillShelf(page, folder);
        await use({ studio, context, page, folder });
        expect(breaches.take()).toEqual([]);
      } finally {
        await context.close();
        await studio.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

async function openStudio(page: Page): Promise<void> {
  await page.goto("/setup");
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByLabel("Workspace").fill("Shelf");
  await page.getByRole("button", { name: "Open the studio" }).click();
  await expect(page).toHaveURL(/\/w\/shelf$/);
}

async function fillShelf(page: Page, folder: string): Promise<void> {
  const files = await paintRow(folder, "shelf", 7);
  await openLibrary(page, "?q=shelf");
  await fileInput(page).setInputFiles([...files, await film(folder, "shelf-film.mp4")]);
  await expect(tiles(page)).toHaveCount(8, { timeout: 60_000 });
  const tray = page.getByRole("region", { name: "Uploads" });
  await tray.getByRole("button", { name: "Close the list" }).click();
}

/** Pictures `name-0.png`, `name-1.png` … of different widths and colours. */
export async function paintRow(folder: string, name: string, count: number): Promise<string[]> {
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const [width, height, hue] = [640 + (index % 5) * 160, 640, index * 50];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
      <rect width="100%" height="100%" fill="hsl(${hue} 60% 45%)"/>
      <circle cx="50%" cy="60%" r="20%" fill="hsl(${hue + 40} 80% 75%)"/></svg>`;
    const path = join(folder, `${name}-${index}.png`);
    await sharp(Buffer.from(svg)).png().toFile(path);
    paths.push(path);
  }
  return paths;
}

export async function film(folder: string, name: string): Promise<string> {
  const path = join(folder, name);
  await runFfmpeg({
    inputs: [{ filter: "testsrc2=size=320x180:rate=25:duration=2" }],
    outputs: [{ path, options: ["-pix_fmt", "yuv420p"] }],
    timeLimitSeconds: 60,
  });
  return path;
}

export const tiles = (page: Page): Locator =>
  page.getByRole("list", { name: "Assets" }).locator("[data-tile]");
export const fileInput = (page: Page): Locator => page.locator("main input[type=file]").first();
export const openLibrary = (page: Page, query = "") => page.goto(`/w/${slug}/library${query}`);
