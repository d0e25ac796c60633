import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectFitsPhone, whenAwake } from "./support/checks";
import { orderJob } from "./support/order";
import { type PaidStudio, startPaidStudio } from "./support/paid-studio";
import { dropPicture, HTML_AS_PNG, paintPicture } from "./support/pictures";

let studio: PaidStudio;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  studio = await startPaidStudio(browser);
  page = studio.page;
});
test.afterAll(async () => studio?.stop());

const prompt = () => page.getByRole("textbox", { name: "Prompt" });
const generate = () => page.getByRole("button", { name: /^Generate/ });
const pill = (name: string) => page.getByRole("combobox", { name, exact: true });
const rows = () => page.getByRole("list", { name: "Jobs, newest first" }).getByRole("listitem");
const picked = () => page.getByRole("button", { name: /^Picture to begin from/ });

async function set(name: string, option: string | RegExp) {
  await pill(name).click();
  await page.getByRole("option", { name: option }).click();
}

test("what is not there answers 404, and leads on", async () => {
  const { home } = studio;
  const gone = [
    ...["jobs/job_gone", "library/asset_gone", "boards/board_gone", "nothing"].map((at) => `${home}/${at}`),
    ...["/w/elsewhere", "/w/elsewhere/jobs", "/w/elsewhere/library/asset_gone", "/nothing"],
  ];
  for (const path of gone) expect((await page.request.get(path)).status(), path).toBe(404);
  for (const path of ["", "/jobs", "/library"]) {
    expect((await page.request.get(`${home}${path}`)).status(), path).toBe(200);
  }
  await page.goto(`${home}/jobs/job_gone`);
  await expect(page.getByRole("heading", { level: 1, name: "This is not here" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("link", { name: "Jobs" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Jobs" })).toBeVisible();
});

test("a new studio shows its sample, and words to begin with", async () => {
  await page.goto(studio.home);
  await expect(page.getByRole("heading", { name: /sample/ })).toBeVisible();
  await expectAccessible(page);
  await whenAwake(async () => {
    await page.getByRole("button", { name: "A street after rain" }).click({ timeout: 1_000 });
    await expect(prompt()).toHaveValue(/^A narrow city street/, { timeout: 1_000 });
  });
  await expect(pill("Shape")).toHaveText("9:16");
});

test("the price on the button follows the settings, and what means nothing goes away", async () => {
  await expect(generate()).toHaveText("Generate · $0.76–0.91");
  await set("How many stills", "4 stills");
  await set("Shape", /^4:3/);
  await set("Length", "10 s");
  await expect(generate()).toHaveText("Generate · $1.51–1.82");
  await expect(page.getByRole("button", { name: "Choose for me" })).toBeVisible();
  await page.getByRole("button", { name: "Animate", exact: true }).click();
  await expect(pill("Length")).toHaveCount(0);
  await expect(pill("Film model")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Choose for me" })).toHaveCount(0);
  await expect(generate()).toHaveText(/^Generate · \$0\.01/);
  await set("Picture model", /^Storyboard/);
  await page.getByRole("button", { name: /^More settings/ }).click();
  await set("Vision model", /^Measure/);
  await page.keyboard.press("Escape");
  await expect(generate()).toHaveText("Generate · free draft");
  await set("Pipeline", /^Picture reading/);
  await expect(prompt()).toHaveCount(0);
  await expect(pill("Shape")).toHaveCount(0);
  await page.reload();
  await expect(pill("Pipeline")).toHaveText("Picture reading");
  await set("Pipeline", /^Animated picture/);
  await expect(pill("Shape")).toHaveText("4:3");
});

test("with the keyboard alone: to the prompt, through the pills, off with Ctrl+Enter", async () => {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(studio.home);
  await expect(generate()).toHaveText("Generate · $0.76–0.91");
  await page.keyboard.press("/");
  await expect(prompt()).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(prompt()).toBeFocused();
  await page.keyboard.type("Two boats at the quay");
  for (const name of ["Add a picture", "Pipeline", "Picture model", "Shape"]) {
    await page.keyboard.press("Tab");
    await expect(page.locator(":focus")).toHaveAccessibleName(name);
  }
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { name: /^16:9/ })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: /^9:16/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(pill("Shape")).toHaveText("9:16");
  await page.keyboard.press("/");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/jobs\/job_\w+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Two boats at the quay");
});

test("a picture is chosen, and travels with real progress", async () => {
  await page.goto(studio.home);
  const wire = await studio.context.newCDPSession(page);
  await wire.send("Network.enable");
  const slow = { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: 400_000 };
  await wire.send("Network.emulateNetworkConditions", slow);
  const file = await paintPicture("chart.png", 900, 600, { noise: true });
  await expect(generate()).toHaveText(/\$/);
  await page.locator("main input[type=file]").setInputFiles(file);
  const bar = page.getByRole("progressbar", { name: "Upload of chart.png" });
  const percent = async () => Number(await bar.getAttribute("aria-valuenow", { timeout: 5_000 }));
  await expect.poll(percent).toBeGreaterThan(0);
  expect(await percent()).toBeLessThanOrEqual(100);
  await expect(generate()).toBeDisabled();
  await wire.send("Network.emulateNetworkConditions", { ...slow, latency: 0, uploadThroughput: -1 });
  await expect(picked()).toBeVisible();
  await expect(generate()).toBeEnabled();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Take the picture off" }).click();
  await expect(picked()).toHaveCount(0);
});

test("a picture is dropped, pasted, or taken from the library; what is none says why", async () => {
  await dropPicture(page, "dragenter");
  await expect(page.getByText("Drop to begin from this picture")).toBeVisible();
  await dropPicture(page, "drop");
  await expect(picked()).toBeVisible();
  await page.getByRole("button", { name: "Take the picture off" }).click();
  await dropPicture(page, "paste");
  await expect(picked()).toBeVisible();
  await page.getByRole("button", { name: "Take the picture off" }).click();
  await page.locator("main input[type=file]").setInputFiles(HTML_AS_PNG);
  await expect(page.getByRole("alert").filter({ hasText: "fake.png" })).toContainText("web page");
  await page.getByRole("button", { name: "Take it off" }).click();

  await page.getByRole("button", { name: "Add a picture" }).click();
  await page.getByRole("menuitem", { name: "From the library" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose a picture" });
  await dialog.getByRole("searchbox").fill("chart");
  await expect(dialog.getByRole("listitem").getByRole("button")).toHaveCount(1);
  await dialog.getByRole("listitem").getByRole("button").click();
  await expect(picked()).toHaveAccessibleName(/chart\.png/);
  await expect(pill("How many stills")).toHaveCount(0);
});

test("a reading shows what it saw, and stands in the history by its pipeline", async () => {
  await set("Pipeline", /^Picture reading/);
  await expect(generate()).toHaveText(/\$0\.0003–0\.005$/);
  await generate().click();
  await expect(page).toHaveURL(/\/jobs\/job_\w+$/);
  await expect(page.getByRole("region", { name: "What it shows" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText("Finished", { exact: true })).toHaveCount(2);
  await expectAccessible(page);
  await page.goto(`${studio.home}/jobs`);
  await set("Pipeline", "Picture reading");
  await expect(page).toHaveURL(/\?pipeline=picture-reading$/);
  await expect(rows()).toHaveCount(1);
  await expect(rows()).toContainText("Reading of chart.png");
});

test("the history is filtered by state and member, and the address keeps it", async () => {
  await orderJob(page, studio.home, { prompt: "A kite over dunes", count: 1, animate: false });
  await page.goto(`${studio.home}/jobs`);
  await page.getByRole("navigation", { name: "State" }).getByRole("link", { name: "Finished" }).click();
  await expect(page).toHaveURL(/\?state=completed$/);
  await expect(rows().filter({ hasText: "A kite over dunes" })).toContainText("Finished", {
    timeout: 60_000,
  });
  await set("Member", /Ines Owner/);
  await expect(page).toHaveURL(/\?state=completed&member=user_\w+$/);
  await expect(rows().filter({ hasText: "A lighthouse" })).toHaveCount(0);
  await expect(rows().filter({ hasText: "A kite over dunes" })).toHaveCount(1);
  await page.reload();
  await expect(pill("Member")).toHaveText("Ines Owner");
  await page.getByRole("navigation", { name: "State" }).getByRole("link", { name: "Canceled" }).click();
  await expect(page.getByRole("heading", { name: "No job is like this" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show all jobs" }).click();
  await expect(page).toHaveURL(/\/jobs$/);
  await page.getByRole("navigation", { name: "State" }).getByRole("link", { name: "Paused" }).click();
  await expect(page.getByRole("heading", { name: "Nothing is paused" })).toBeVisible();
});

test("a long history goes by pages; none is skipped or shown twice", async () => {
  // Copies of a job that was really made, one second apart in the past.
  await studio.sql`
    insert into job (id, workspace_id, created_by, pipeline, title, input, state, plan, created_at)
    select 'job_copy' || n, workspace_id, created_by, pipeline, 'Copy ' || n, input, 'canceled', plan,
           created_at - n * interval '1 second'
    from job, generate_series(1, 70) n where title = 'A kite over dunes'`;
  await page.goto(`${studio.home}/jobs?state=canceled`);
  const seen: string[] = [];
  for (const size of [30, 30, 10]) {
    await expect(rows()).toHaveCount(size);
    await expect(rows().first()).toContainText(`Copy ${seen.length + 1}`);
    seen.push(...(await rows().getByRole("link").allTextContents()));
    if (size === 30) await page.getByRole("link", { name: "Older" }).click();
  }
  expect(seen).toEqual(Array.from({ length: 70 }, (_, n) => `Copy ${n + 1}`));
  await expect(page.getByRole("link", { name: "Older" })).toHaveCount(0);
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(rows().first()).toContainText("Copy 1");
  await page.goto(`${studio.home}/jobs?cursor=torn`);
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await page.getByRole("link", { name: "To the newest" }).click();
  await expect(rows().first()).toContainText("A kite over dunes");
  await expectAccessible(page);
});

test("what is under way or waits for a person stands on the home page, and the newest work", async () => {
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(studio.home);
  const open = page.getByRole("list", { name: "Jobs under way" }).getByRole("listitem");
  await expect(open.filter({ hasText: "Two boats at the quay" })).toContainText("Your turn");
  await expect(page.getByRole("list", { name: "Latest work" }).getByRole("link").first()).toBeVisible();
  await expectAccessible(page);
});

test("another workspace is opened from the switcher; its history is empty, and says how to begin", async () => {
  await page.getByRole("button", { name: "Workspace: Night Shift. Switch" }).click();
  await page.getByRole("menuitem", { name: "New workspace" }).click();
  await page.getByLabel("Name").fill("Day Shift");
  await page.getByRole("button", { name: /open|make|create/i }).click();
  await expect(page).toHaveURL(/\/w\/day-shift$/);
  await expect(page.getByText("Write what you want to see")).toBeVisible();
  await expectAccessible(page);
  await page.goto("/w/day-shift/jobs");
  await expect(page.getByRole("heading", { name: "No jobs yet" })).toBeVisible();
  await page.getByRole("link", { name: "Write a prompt" }).click();
  await expect(page).toHaveURL(/\/w\/day-shift$/);
});

test("all of it fits a narrow phone, and the light room reads as well", async () => {
  const { home, context, url } = studio;
  await expectFitsPhone(context, url, [
    home,
    ...["jobs", "jobs?state=failed", "jobs?state=canceled", "jobs/job_gone"].map((at) => `${home}/${at}`),
    ...["/w/day-shift", "/w/day-shift/jobs"],
  ]);
});
