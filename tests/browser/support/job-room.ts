import { expect, type Locator, type Page } from "@playwright/test";
import sharp from "sharp";

/** The job page, as a person reads it. */
export function jobRoom(page: Page) {
  const steps = page.getByRole("list", { name: "Steps" });
  const step = (name: string) =>
    steps.locator(":scope > li").filter({ has: page.getByRole("heading", { name: new RegExp(`^${name}`) }) });
  const takes = page.getByRole("list", { name: "Takes" }).getByRole("button");
  const head = page.locator("main header");
  const film = page.locator("figure video");
  return {
    step,
    takes,
    film,
    button: (name: string | RegExp) => page.getByRole("button", { name }),
    /** Waits for what the head says: a job takes its time on a busy machine. */
    reaches: (state: string) =>
      expect(head.getByText(state, { exact: true })).toBeVisible({ timeout: 90_000 }),
    /** From here on a reload is noticed by `isSamePage`. */
    markPage: () => page.evaluate(() => Object.assign(window, { unmoved: true })),
    isSamePage: () => page.evaluate(() => "unmoved" in window),
  };
}

/** A film shows a picture before anybody presses Play, and not a black frame. */
export async function expectPicture(film: Locator): Promise<void> {
  const brightness = async () => {
    const { channels } = await sharp(await film.screenshot()).stats();
    return Math.max(...channels.slice(0, 3).map((channel) => channel.mean));
  };
  await expect.poll(brightness).toBeGreaterThan(12);
}
