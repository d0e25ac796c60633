import { type BrowserContext, expect, type Page } from "@playwright/test";
import { FILE_POLICY } from "@/lib/http/content-policy";
import { whenAwake } from "./support/checks";
import { jobRoom } from "./support/job-room";
import { fileInput, film, paintRow, test, tiles } from "./support/library";
import { orderJob } from "./support/order";
import { type Breaches, watchPolicy } from "./support/policy-breaches";
import { listRoutes } from "./support/route-tree";

const HOME = "/w/glasshouse";

/** Pages that have nothing to show themselves. */
const LEADS_ON = ["/", "/w/[slug]/settings"];

let context: BrowserContext;
let page: Page;
let breaches: Breaches;
/** What stands in the addresses of this workspace's pages. */
const places: Record<string, string> = { slug: "glasshouse", token: "nobody-has-this" };

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ library, browser }) => {
  const storageState = await library.context.storageState();
  context = await browser.newContext({ baseURL: library.studio.url, storageState });
  breaches = await watchPolicy(context);
  page = await context.newPage();
});
test.afterAll(async () => {
  await context?.close();
});

test("uploading, ordering and watching keep to the policy", async ({ library }) => {
  await page.goto("/workspaces/new");
  await page.getByLabel("Name").fill("Glasshouse");
  await page.getByRole("button", { name: /open|make|create/i }).click();
  await expect(page).toHaveURL(HOME);

  await page.goto(`${HOME}/library`);
  const files = [...(await paintRow(library.folder, "pane", 2)), await film(library.folder, "pane-film.mp4")];
  await fileInput(page).setInputFiles(files);
  await expect(tiles(page)).toHaveCount(3, { timeout: 60_000 });
  await page.getByRole("list", { name: "Assets" }).getByRole("link").first().hover();
  places.asset = (await tiles(page).first().getAttribute("data-tile")) ?? "";

  await page.goto(`${HOME}/library?kind=video`);
  await tiles(page).first().click();
  const shown = page.locator("figure video");
  await page.getByRole("button", { name: "Play the film" }).click();
  await expect.poll(() => shown.evaluate((video: HTMLVideoElement) => video.currentTime)).toBeGreaterThan(0);

  const path = await orderJob(page, HOME, { prompt: "Panes in the sun", count: 1, animate: false });
  places.job = path.split("/").at(-1) ?? "";
  const room = jobRoom(page);
  await room.markPage();
  await room.reaches("Finished");
  expect(await room.isSamePage()).toBe(true);
  expect(breaches.take()).toEqual([]);
});

test("menus, dialogs, notes and boards keep to it, and look as they should", async () => {
  await page.goto(`${HOME}/library`);
  const bar = page.getByRole("toolbar", { name: "What is selected" });
  await whenAwake(async () => {
    await tiles(page).first().focus();
    if (!(await bar.isVisible())) await page.keyboard.press("x");
    await expect(bar).toBeVisible({ timeout: 1_000 });
  });
  await bar.getByRole("button", { name: "Add to board" }).click();
  await page.getByRole("menuitem", { name: "New board" }).click();
  // Behind a dialog the page keeps still: by a style that is added with the nonce.
  await expect(page.locator("body")).toHaveCSS("overflow", "hidden");
  await page.getByRole("textbox", { name: "Name" }).fill("Panes");
  await page.getByRole("button", { name: /^Make it and add/ }).click();
  const link = page.getByRole("navigation", { name: "Boards" }).getByRole("link", { name: /Panes/ });
  await expect(link).toBeVisible();
  // Where a note stands comes from the style that its library adds.
  await expect(page.locator("[data-sonner-toaster]")).toHaveCSS("position", "fixed");
  await link.click();
  await expect(page).toHaveURL(/\/boards\/board_\w+$/);
  places.board = page.url().split("/").at(-1) ?? "";

  await page.goto(HOME);
  await whenAwake(async () => {
    const options = page.getByRole("option");
    // Behind the open list the button is hidden from whoever looks for it by its name.
    if (!(await options.first().isVisible()))
      await page.getByRole("combobox", { name: "Shape" }).click({ timeout: 1_000 });
    await expect(options.first()).toBeVisible({ timeout: 1_000 });
  });
  await expect(page.locator("[data-radix-select-viewport]")).toHaveCSS("scrollbar-width", "none");
  expect(breaches.take()).toEqual([]);
});

test("every page there is says the policy, with a nonce of its own, and keeps to it", async ({ browser }) => {
  const policies: string[] = [];
  const visit = async (to: Page, path: string) => {
    const answer = await to.goto(path);
    const policy = (await answer?.headerValue("content-security-policy")) ?? "";
    expect(policy, path).toMatch(/script-src 'nonce-[\w+/]{22}==' 'strict-dynamic'/);
    expect(policy.replace("style-src-attr 'unsafe-inline'", ""), path).not.toContain("unsafe");
    policies.push(policy);
    // The page's scripts run: one that nothing was drawn for does not hear of its own.
    await expect.poll(() => to.evaluate(() => "__webpack_nonce__" in window), path).toBe(true);
  };
  const stranger = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const theirBreaches = await watchPolicy(stranger);
  const theirs = await stranger.newPage();
  const unbuilt = await browser.newContext();
  const first = await watchPolicy(unbuilt);
  const outside: Record<string, Page> = {
    "/sign-in": theirs,
    "/invite/[token]": theirs,
    "/reset/[token]": theirs,
    "/setup": await unbuilt.newPage(),
  };
  const own = listRoutes("page.tsx");
  expect(own).toEqual(expect.arrayContaining(["/", "/setup", "/w/[slug]/jobs/[job]"]));
  for (const route of own) {
    const path = route.replace(/\[(\w+)\]/g, (_, name: string) => places[name] ?? `no value for ${name}`);
    const on = outside[route] ?? page;
    await visit(on, route === "/setup" ? `${process.env.KINORA_TEST_URL}${path}` : path);
    if (!LEADS_ON.includes(route)) expect(new URL(on.url()).pathname, route).toBe(path);
  }
  for (const path of ["/nothing", "/w/elsewhere", `${HOME}/nothing`, `${HOME}/jobs/job_gone`]) {
    await visit(page, path);
  }
  expect(new Set(policies).size).toBe(policies.length);
  for (const seen of [breaches, theirBreaches, first]) expect(seen.take()).toEqual([]);
  await stranger.close();
  await unbuilt.close();
});

test("what is no page may run nothing at all, whatever it answers", async () => {
  const routes = listRoutes("route.ts");
  expect(routes).toContain("/media/[...key]");
  for (const route of routes) {
    const path = route.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) => places[name] ?? "x");
    if (route === "/api/live") continue;
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(answer.headers()["content-security-policy"], `${answer.status()} ${path}`).toBe(FILE_POLICY);
  }
});
