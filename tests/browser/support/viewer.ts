import { type Browser, expect, type Page } from "@playwright/test";
import type { PaidStudio } from "./paid-studio";

/** Invites somebody who may only look, and signs them in with a browser of their own. */
export async function inviteViewer(browser: Browser, { page, home, url }: PaidStudio): Promise<Page> {
  await page.goto(`${home}/settings/members`);
  await page.getByRole("button", { name: "Invite people" }).click();
  await page.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: "Viewer" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByLabel("Link for viewers").inputValue();
  const context = await browser.newContext({ baseURL: url });
  const theirs = await context.newPage();
  await theirs.goto(link);
  await theirs.getByLabel("Your name").fill("Vito Viewer");
  await theirs.getByLabel("E-mail").fill("vito@example.com");
  await theirs.getByLabel("Password", { exact: true }).fill("only here to watch films");
  await theirs.getByRole("button", { name: /^Join / }).click();
  await expect(theirs).toHaveURL(new RegExp(`${home}$`));
  return theirs;
}
