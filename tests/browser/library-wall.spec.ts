import { expect, type Page } from "@playwright/test";
import { expectAccessible, whenAwake } from "./support/checks";
import { type Library, openLibrary as open, slug, test, tiles as tilesOf } from "./support/library";

let page: Page;
let studio: Library["studio"];
let context: Library["context"];
const tiles = () => tilesOf(page);
const openLibrary = (query?: string) => open(page, query);

test.describe.configure({ mode: "serial" });

test.beforeAll(({ library }) => {
  ({ page, studio, context } = library);
});

test("pictures keep their shapes, and nothing moves while they load", async () => {
  await page.addInitScript(() => {
    const seen = window as typeof window & { shift: number };
    seen.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        seen.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await openLibrary("?q=shelf&kind=picture");
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate(() => (window as typeof window & { shift: number }).shift)).toBeLessThan(0.01);
  for (const tile of await tiles().all()) {
    const { box, picture } = await tile.evaluate((link) => {
      const { width, height } = link.getBoundingClientRect();
      const image = link.querySelector("img");
      return { box: width / height, picture: (image?.naturalWidth ?? 0) / (image?.naturalHeight ?? 1) };
    });
    if (picture > 0) expect(Math.abs(box - picture) / picture).toBeLessThan(0.03);
  }
});

test("a film plays under the pointer and under the focus, not with reduced motion", async ({ browser }) => {
  await openLibrary("?q=shelf&kind=video");
  await tiles().first().hover();
  await expect(tiles().first().locator("video")).toHaveCount(1);
  await page.mouse.move(0, 0);
  await expect(tiles().first().locator("video")).toHaveCount(0);
  await tiles().first().focus();
  await expect(tiles().first().locator("video")).toHaveCount(1);

  const calm = await browser.newContext({
    baseURL: studio.url,
    storageState: await context.storageState(),
    reducedMotion: "reduce",
  });
  const other = await calm.newPage();
  await other.goto(`/w/${slug}/library?q=shelf&kind=video`);
  const tile = other.getByRole("list", { name: "Assets" }).locator("[data-tile]").first();
  await tile.hover();
  await other.waitForTimeout(400);
  await expect(tile.locator("video")).toHaveCount(0);
  await calm.close();
});

test("the search finds while one types, stands in the address, and says when nothing fits", async () => {
  await openLibrary();
  const search = page.getByRole("searchbox");
  await whenAwake(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 500 });
  });
  await page.keyboard.type("shelf-film", { delay: 90 });
  await expect(page).toHaveURL(/\?q=shelf-film$/);
  await expect(tiles()).toHaveCount(1);
  await search.fill("submarine");
  await expect(page.getByRole("heading", { name: "Nothing matches “submarine”" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(search).toHaveValue("");
  await expect(page).toHaveURL(/\/library$/);
  await page.getByRole("button", { name: "Starred" }).click();
  await expect(page).toHaveURL(/starred=1/);
  await page.goBack();
});

test("with the keyboard alone: walk, select, star, delete, undo", async () => {
  await openLibrary("?q=shelf");
  await expect(tiles()).toHaveCount(8);
  await whenAwake(async () => {
    await tiles().first().focus();
    await page.keyboard.press("ArrowRight");
    await expect(tiles().nth(1)).toBeFocused({ timeout: 500 });
  });
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowRight");
  const bar = page.getByRole("toolbar", { name: "What is selected" });
  await expect(bar).toContainText("2 selected");
  await expectAccessible(page);
  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: /^Take the star off/ })).toHaveCount(2);
  await page.keyboard.press("Delete");
  await expect(tiles()).toHaveCount(6);
  await expect(bar).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tiles()).toHaveCount(8);
  await page.reload();
  await expect(tiles()).toHaveCount(8);
  await expect(page.getByRole("button", { name: /^Take the star off/ })).toHaveCount(2);
  await whenAwake(async () => {
    await page.keyboard.press("a");
    await expect(bar).toContainText("8 selected", { timeout: 500 });
  });
  await page.keyboard.press("Escape");
  await expect(bar).toHaveCount(0);
});

test("shift-click selects a range; boards hold what is selected", async () => {
  await tiles().nth(0).hover();
  await page
    .getByRole("button", { name: /^Select:/ })
    .first()
    .click();
  await tiles()
    .nth(3)
    .click({ modifiers: ["Shift"] });
  const bar = page.getByRole("toolbar", { name: "What is selected" });
  await expect(bar).toContainText("4 selected");
  await bar.getByRole("button", { name: "Add to board" }).click();
  await page.getByRole("menuitem", { name: "New board" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Harbour film");
  await page.getByRole("button", { name: "Make it and add 4" }).click();
  await expect(page.getByText("Added to Harbour film")).toBeVisible();
  await page
    .getByRole("navigation", { name: "Boards" })
    .getByRole("link", { name: /Harbour film/ })
    .click();
  await expect(page).toHaveURL(/\/boards\/board_/);
  await expect(tiles()).toHaveCount(4);
  await expectAccessible(page);

  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Harbour, second cut");
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Harbour, second cut");
  await tiles().first().focus();
  await page.keyboard.press("x");
  await page.getByRole("button", { name: "Take off the board" }).click();
  await expect(tiles()).toHaveCount(3);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Delete the board" }).click();
  await page.getByRole("button", { name: "Delete the board" }).click();
  await expect(page).toHaveURL(/\/library$/);
  await openLibrary("?q=shelf");
  await expect(tiles()).toHaveCount(8);
});
