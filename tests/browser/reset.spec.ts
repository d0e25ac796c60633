import { expect, test } from "@playwright/test";
import { db, schema } from "@/lib/db";
import { signIn } from "../support/signed-in";
import { startWebServer, type WebServer } from "../support/web-server";

const PASSWORD = "a new password to remember";
let web: WebServer;
test.beforeAll(async () => {
  web = await startWebServer();
});
test.afterAll(() => web.stop());

test("a member who forgot their password gets a link from an owner, and is in again", async ({ browser }) => {
  const people = await db().select().from(schema.user);
  const owner = people.find(({ name }) => name === "Olive");
  const editor = people.find(({ name }) => name === "Edgar");
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  await context.addCookies([{ ...(await signIn(owner?.id ?? "")), url: web.url }]);
  const page = await context.newPage();
  await page.goto(`${web.url}/w/${web.slug}/settings/members`);
  await expect(page.getByRole("button", { name: "New password for Olive" })).toHaveCount(0);
  await page.getByRole("button", { name: "New password for Edgar" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = page.getByLabel("Link for Edgar");
  await expect(link).toHaveValue(/\/reset\/[\w-]{43}$/);
  const url = await link.inputValue();

  const theirs = await browser.newContext();
  const other = await theirs.newPage();
  await other.goto(url);
  await expect(other.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await expect(other.getByText(editor?.email ?? "", { exact: false })).toBeVisible();
  await other.getByLabel("New password", { exact: true }).fill("short");
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(other.getByText("Use 10 characters or more.")).toBeVisible();
  await other.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(other).toHaveURL(new RegExp(`/w/${web.slug}$`));

  await other.goto(url);
  await expect(other.getByRole("heading", { name: "This link is over" })).toBeVisible();
});
