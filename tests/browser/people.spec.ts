import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectFitsPhone } from "./support/checks";
import { type OwnStudio, startOwnStudio } from "./support/own-studio";

const OWNER = { name: "Olive Owner", email: "olive@example.com", password: "a lantern in the window" };
const VIEWER = { name: "Vera Viewer", email: "vera@example.com", password: "seven quiet seats here" };

let studio: OwnStudio;
let context: BrowserContext;
let page: Page;

test.describe.configure({ mode: "serial" });

test.beforeAll(async ({ browser }) => {
  studio = await startOwnStudio();
  context = await browser.newContext({ baseURL: studio.url });
  page = await context.newPage();
});

test.afterAll(async () => {
  await context?.close();
  await studio?.stop();
});

const roleOf = (name: string) => page.getByRole("combobox", { name: `Role of ${name}` });

async function signIn(on: Page, { email, password }: { email: string; password: string }) {
  await on.getByLabel("E-mail").fill(email);
  await on.getByLabel("Password", { exact: true }).fill(password);
  await on.getByRole("button", { name: "Sign in", exact: true }).click();
}

test("every page leads the first visitor to the setup", async () => {
  for (const path of ["/", "/sign-in", "/account", "/w/anything/settings/members"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/setup$/);
  }
  await expectAccessible(page);
});

test("the setup says at each field what is missing", async () => {
  await page.getByRole("button", { name: "Open the studio" }).click();
  await expect(page.getByLabel("Your name")).toBeFocused();
  await expect(page.getByLabel("Your name")).toHaveAccessibleDescription("Write your name.");
  await expect(page.getByText("Use 10 characters or more.")).toBeVisible();
  await expectAccessible(page);
});

test("the first visitor becomes the owner and lands in the workspace", async () => {
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByLabel("Workspace").fill("Light & Shadow");
  await page.getByRole("button", { name: "Open the studio" }).click();
  await expect(page).toHaveURL(/\/w\/light-shadow$/);
  await expect(page.getByRole("heading", { name: "Generate", level: 1 })).toBeAttached();
  await page.goto("/setup");
  await expect(page).toHaveURL(/\/w\/light-shadow$/);
});

test("signing out ends the session, also for a copy of its cookie", async ({ browser }) => {
  const stolen = await browser.newContext({
    baseURL: studio.url,
    storageState: await context.storageState(),
  });
  await page.goto("/account");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  const copy = await stolen.newPage();
  await copy.goto("/account");
  await expect(copy).toHaveURL("/sign-in?next=%2Faccount");
  await stolen.close();
});

test("a wrong password says so, and nothing about whether the account exists", async () => {
  await expectAccessible(page);
  for (const email of [OWNER.email, "nobody@example.com"]) {
    await signIn(page, { email, password: "not the password" });
    await expect(page.getByRole("alert").filter({ hasText: "wrong" })).toContainText(
      "The e-mail or the password is wrong. Check both and try again.",
    );
    await page.reload();
  }
});

test("signing in leads back to the page that asked for it", async () => {
  await page.goto("/w/light-shadow/settings/budget?before=7");
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, OWNER);
  await expect(page).toHaveURL("/w/light-shadow/settings/budget?before=7");
  await expectAccessible(page);
});

test("a second person joins by an invitation, sees who is there, and cannot generate", async ({
  browser,
}) => {
  await page.goto("/w/light-shadow/settings/members");
  await page.getByRole("button", { name: "Invite people" }).click();
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByLabel("Link for viewers").inputValue();
  expect(link).toMatch(new RegExp(`^${studio.url}/invite/[\\w-]{43}$`));
  await expectAccessible(page);

  const other = await browser.newContext({ baseURL: studio.url });
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(theirs.getByText("Olive Owner invites you as viewer")).toBeVisible();
  await expectAccessible(theirs);
  await theirs.getByLabel("Your name").fill(VIEWER.name);
  await theirs.getByLabel("E-mail").fill(VIEWER.email);
  await theirs.getByLabel("Password", { exact: true }).fill(VIEWER.password);
  await theirs.getByRole("button", { name: "Join Light & Shadow" }).click();
  await expect(theirs).toHaveURL(/\/w\/light-shadow$/);
  await expect(theirs.getByRole("button", { name: /^Generate/ })).toHaveCount(0);

  await theirs.goto("/w/light-shadow/settings/members");
  await expect(theirs.getByRole("listitem").filter({ hasText: VIEWER.name })).toContainText("Viewer");
  await expect(theirs.getByRole("button", { name: "Invite people" })).toHaveCount(0);
  await theirs.goto("/workspaces/new");
  await expect(theirs.getByRole("heading", { name: "Only owners open workspaces" })).toBeVisible();
  await expect(theirs.getByLabel("Name")).toHaveCount(0);
  await other.close();
});

test("an owner changes a role, and never the last owner's", async () => {
  await page.reload();
  await roleOf(VIEWER.name).click();
  await page.getByRole("option", { name: "Editor" }).click();
  await expect(roleOf(VIEWER.name)).toHaveText("Editor");
  await page.reload();
  await expect(roleOf(VIEWER.name)).toHaveText("Editor");
  await expect(roleOf(OWNER.name)).toHaveCount(0);
});

test("a withdrawn invitation is over", async ({ browser }) => {
  await page.getByRole("button", { name: "Invite people" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByLabel("Link for editors").inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Link for editors" });
  await row.getByRole("button", { name: "Withdraw" }).click();
  await expect(row).toHaveCount(0);
  const other = await browser.newContext();
  const theirs = await other.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
  await other.close();
});

test("caps are kept, and a wrong amount is explained", async () => {
  await page.goto("/w/light-shadow/settings/budget");
  await page.getByLabel("Cap per month").fill("plenty");
  await page.getByRole("button", { name: "Save caps" }).click();
  await expect(page.getByText("Write an amount such as 25 or 2.50.")).toBeVisible();
  await page.getByLabel("Cap per month").fill("25");
  await page.getByLabel("Cap per job").fill("2.50");
  await page.getByRole("button", { name: "Save caps" }).click();
  await expect(page.getByText("Saved")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Cap per month")).toHaveValue("25");
  await expect(page.getByLabel("Cap per job")).toHaveValue("2.50");
});

test("a default model is chosen, and models without a key cannot be", async () => {
  await page.goto("/w/light-shadow/settings/models");
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Pictures" }).click();
  const locked = page.getByRole("group", { name: "Replicate, no key set" }).getByRole("option");
  await expect(locked.first()).toBeDisabled();
  await page.getByRole("option", { name: "Storyboard" }).click();
  await expect(page.getByRole("combobox", { name: "Pictures" })).toHaveText("Storyboard");
  await expect(page.getByText("Default model saved")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Pictures" })).toHaveText("Storyboard");
});

test("a session that is ended on the account page is over at once", async ({ browser }) => {
  const other = await browser.newContext({ baseURL: studio.url });
  const theirs = await other.newPage();
  await theirs.goto("/sign-in");
  await signIn(theirs, OWNER);
  await expect(theirs).toHaveURL(/\/w\/light-shadow$/);

  await page.goto("/account");
  await page
    .getByRole("list", { name: "Signed-in browsers" })
    .getByRole("button", { name: /^Sign out/ })
    .first()
    .click();
  await expect(page.getByText("was signed out")).toBeVisible();
  await theirs.goto("/w/light-shadow/settings/members");
  await expect(theirs).toHaveURL(/\/sign-in/);
  await other.close();
});

test("all of it fits a narrow phone, and the light room reads as well", async () => {
  const tabs = ["members", "models", "budget"].map((tab) => `/w/light-shadow/settings/${tab}`);
  await expectFitsPhone(context, studio.url, ["/account", "/workspaces/new", ...tabs]);
});

test("signing out everywhere leaves nobody signed in", async () => {
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
});
