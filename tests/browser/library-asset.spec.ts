import { expect, type Page } from "@playwright/test";
import { expectAccessible, expectFitsPhone, whenAwake } from "./support/checks";
import { type Library, openLibrary as open, slug, test, tiles as tilesOf } from "./support/library";

let page: Page;
let studio: Library["studio"];
let context: Library["context"];
const tiles = () => tilesOf(page);
const openLibrary = (query?: string) => open(page, query);

test.beforeAll(({ library }) => {
  ({ page, studio, context } = library);
});

test("an asset's page: along the wall with arrows, colours, download, delete with undo", async () => {
  await openLibrary("?q=shelf&kind=picture");
  await tiles().nth(4).click();
  await expect(page).toHaveURL(/\/library\/asset_\w+\?q=shelf&kind=picture$/);
  const here = page.url();
  await expect(page.getByRole("heading", { name: "Facts" })).toBeVisible();
  await expectAccessible(page);
  await whenAwake(async () => {
    await page.keyboard.press("ArrowRight");
    await expect(page).not.toHaveURL(here, { timeout: 1_500 });
  });
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(here);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.png$/);
  await page.getByRole("button", { name: "Star", exact: true }).click();
  await page.getByRole("button", { name: "Take the star off" }).click();
  await expect(page.getByRole("button", { name: "Star", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page).not.toHaveURL(here);
  await page.goto(here);
  await expect(page.getByRole("heading", { name: "This was deleted" })).toBeVisible();
  await expectAccessible(page);
  await whenAwake(async () => {
    const bringBack = page.getByRole("button", { name: "Bring it back" });
    if (await bringBack.isVisible()) await bringBack.click({ timeout: 1_000 });
    await expect(page.getByRole("heading", { name: "Facts" })).toBeVisible({ timeout: 3_000 });
  });
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/library\?q=shelf&kind=picture$/);
});

test("a film's page: timecode and single frames", async () => {
  await openLibrary("?q=shelf&kind=video");
  await tiles().first().click();
  await expect(page.getByText("00:00:00:00").first()).toBeVisible();
  const film = page.locator("figure video");
  await expect.poll(() => film.evaluate((video: HTMLVideoElement) => video.readyState)).toBeGreaterThan(0);
  await page.getByRole("button", { name: "One frame on" }).click();
  await expect(page.getByText("00:00:00:01").first()).toBeVisible();
  await expectAccessible(page);
});

test("a reading says what a picture shows, and makes it findable", async () => {
  test.slow();
  await openLibrary("?q=shelf-0");
  await tiles().first().click();
  await page.getByRole("button", { name: "Analyse" }).click();
  await expect(page.getByText(/^Read by /)).toBeVisible({ timeout: 110_000 });
  const tag = page.getByRole("list", { name: "Tags" }).getByRole("link").first();
  const word = (await tag.textContent()) ?? "";
  await tag.click();
  await expect(page).toHaveURL(new RegExp(`tag=${encodeURIComponent(word).replace("%20", "\\+")}`));
  await expect(tiles().first()).toBeVisible();
});

test("a picture of the library becomes the start of an order", async () => {
  await page.goto(`/w/${slug}`);
  const fromLibrary = page.getByRole("menuitem", { name: "From the library" });
  await whenAwake(async () => {
    const add = page.getByRole("button", { name: "Add a picture" });
    if (!(await fromLibrary.isVisible())) await add.click({ timeout: 1_000 });
    await expect(fromLibrary).toBeVisible({ timeout: 1_000 });
  });
  await fromLibrary.click();
  const dialog = page.getByRole("dialog", { name: "Choose a picture" });
  await dialog.getByRole("searchbox").fill("shelf-1");
  await expect(dialog.getByRole("listitem").getByRole("button")).toHaveCount(1);
  await expectAccessible(page);
  await dialog.getByRole("listitem").getByRole("button").click();
  await expect(page.getByRole("button", { name: /^Picture to begin from/ })).toBeVisible();
});

test("it fits a narrow phone, and the light room reads as well", async () => {
  await openLibrary("?q=shelf");
  const asset = await tiles().first().getAttribute("data-tile");
  const paths = ["library", "library?q=shelf&tag=nothing&kind=video", `library/${asset}`];
  await expectFitsPhone(
    context,
    studio.url,
    paths.map((path) => `/w/${slug}/${path}`),
  );
});
