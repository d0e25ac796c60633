import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import { runFfmpeg } from "@/lib/media";
import { expectAccessible } from "./support/checks";
import { jobRoom } from "./support/job-room";
import { fileInput, openLibrary, slug, test, tiles } from "./support/library";
import { orderJob } from "./support/order";

let page: Page;
let folder: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(({ library }) => {
  ({ page, folder } = library);
});

const PATTERN = "testsrc2=size=320x180:rate=25:duration=2";
const TONE = "sine=frequency=440:duration=2";
const note = () => page.getByRole("main").getByRole("note");

async function makeFile(name: string, filters: string[], options: string[]): Promise<string> {
  const path = join(folder, name);
  const inputs = filters.map((filter) => ({ filter }));
  await runFfmpeg({ inputs, outputs: [{ path, options }], timeLimitSeconds: 60 });
  return path;
}

async function upload(path: string, query: string): Promise<void> {
  await openLibrary(page, `?q=${query}`);
  await fileInput(page).setInputFiles(path);
  await expect(tiles(page)).toHaveCount(1, { timeout: 60_000 });
  await page
    .getByRole("region", { name: "Uploads" })
    .getByRole("button", { name: "Close the list" })
    .click({ timeout: 2_000 })
    .catch(() => undefined);
}

/** The button beside the note takes the very file away, not what stands in for it. */
async function expectDownload(path: string): Promise<void> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    note().getByRole("link", { name: "Download it" }).click(),
  ]);
  expect(await readFile(await download.path())).toEqual(await readFile(path));
}

test("a film that browsers do not play says so, on the wall and on its page; its preview plays", async () => {
  const path = await makeFile("unplayed.mp4", [PATTERN, TONE], ["-c:v", "mpeg4", "-c:a", "aac", "-shortest"]);
  await upload(path, "unplayed");
  await expect(tiles(page).first().getByText("Preview only")).toBeVisible();
  await tiles(page).first().click();
  await expect(note()).toContainText(
    "The picture of this film is MPEG-4 part 2 (DivX, Xvid), which most browsers do not play.",
  );
  await expect(note()).toContainText("You see its preview. The file itself is whole.");
  await expectAccessible(page);
  const shown = page.locator("figure video");
  await page.getByRole("button", { name: "Play the film" }).click();
  await expect.poll(() => shown.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0);
  await expectDownload(path);
});

test("a recording that browsers do not play says so, and is heard as its preview", async () => {
  const path = await makeFile("unheard.m4a", [TONE], ["-c:a", "alac"]);
  await upload(path, "unheard");
  await expect(tiles(page).first().getByText("Preview only")).toBeVisible();
  await tiles(page).first().click();
  await expect(note()).toContainText(/The sound of this recording is .*, which most browsers do not play/);
  await expect(note()).toContainText("You hear its preview. The file itself is whole.");
  await expectAccessible(page);
  const sound = page.getByRole("main").locator("audio");
  await sound.evaluate((audio: HTMLAudioElement) => audio.play());
  await expect.poll(() => sound.evaluate((audio: HTMLAudioElement) => audio.currentTime)).toBeGreaterThan(0);
  await expectDownload(path);
});

test("a picture that browsers do not turn alike is seen upright, and comes whole", async () => {
  const path = join(folder, "turned.webp");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200"><rect width="160" height="200" fill="red"/></svg>`;
  await sharp(Buffer.from(svg)).withMetadata({ orientation: 6 }).webp().toFile(path);
  await upload(path, "turned");
  await tiles(page).first().click();
  const picture = page.getByRole("main").locator("img").first();
  const size = () => picture.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  await expect.poll(size).toEqual([200, 320]);
  await expect(note()).toHaveCount(0);
});

test.describe("what only turns out not to show", () => {
  /** Bytes that no browser makes anything of, in the place of what these links lead to. */
  const spoil = (links: RegExp) =>
    page.route(links, (route) => route.fulfill({ contentType: "video/mp4", body: "nothing of the kind" }));
  test.afterEach(() => page.unrouteAll());

  test("says so on the asset's page, whether it fails before the page is awake or after", async () => {
    for (const [query, words] of [
      ["shelf-film", "This film could not be played here."],
      ["shelf-0", "This picture could not be shown here."],
    ] as const) {
      await openLibrary(page, `?q=${query}`);
      await tiles(page).first().click();
      await expect(page).toHaveURL(/\/library\/asset_/);
      const shown = page.getByRole("main").locator("figure video, img[alt]").first();
      const link = new URL((await shown.getAttribute("src")) ?? "", page.url());
      await spoil(new RegExp(link.pathname));
      await page.reload();
      await expect(note(), query).toContainText(`${words} You see its preview.`);
      await expect(note().getByRole("link", { name: "Download it" })).toHaveAttribute("href", /\/media\//);
      await openLibrary(page, `?q=${query}`);
      await tiles(page).first().click();
      await expect(note(), query).toContainText(`${words} You see its preview.`);
    }
    await expectAccessible(page);
  });

  test("says so on the job's page", async () => {
    await orderJob(page, `/w/${slug}`, { prompt: "A lamp in the hall", count: 1, animate: false });
    await jobRoom(page).reaches("Finished");
    const still = page.getByRole("main").locator("img[alt]").first();
    await expect(still).toBeVisible();
    const link = new URL((await still.getAttribute("src")) ?? "", page.url());
    await spoil(new RegExp(link.pathname));
    await page.reload();
    await expect(note()).toContainText("This picture could not be shown here. You see its preview.");
    await expectAccessible(page);
  });
});
