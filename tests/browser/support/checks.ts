import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, expect, type Page } from "@playwright/test";

/** Nothing on the page breaks a rule that axe knows. */
export async function expectAccessible(page: Page): Promise<void> {
  // After a change of pages the title comes with the page's data.
  await expect(page).toHaveTitle(/\S/);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Keys are heard once the page's script runs: press again until it does. */
export const whenAwake = (press: () => Promise<void>) => expect(press).toPass({ timeout: 30_000 });

/** Opens pages on a narrow phone in the light room: nothing overflows, and all of it is accessible. */
export async function expectFitsPhone(
  context: BrowserContext,
  baseURL: string,
  paths: string[],
): Promise<void> {
  const browser = context.browser();
  if (!browser) throw new Error("The context has no browser of its own.");
  const small = await browser.newContext({
    baseURL,
    viewport: { width: 360, height: 740 },
    storageState: await context.storageState(),
  });
  await small.addCookies([{ name: "kinora-theme", value: "light", url: baseURL }]);
  const phone = await small.newPage();
  for (const path of paths) {
    await phone.goto(path);
    await expect(phone.getByRole("status", { name: "Loading" })).toHaveCount(0);
    const overflow = await phone.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
    await expectAccessible(phone);
  }
  await small.close();
}
