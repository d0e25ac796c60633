import { expect, type Page } from "@playwright/test";
import type { Order } from "@/components/generate/order";

/** Orders with the form as it would stand in this tab after a reload; `home` is `/w/<slug>`. Gives the job's path. */
export async function orderJob(page: Page, home: string, form: Partial<Order>): Promise<string> {
  // A page with the form would keep its own order over this one.
  await page.goto(`${home}/jobs`);
  const key = `kinora:order:${home.split("/").at(-1)}`;
  await page.evaluate(([name, value]) => sessionStorage.setItem(name, value), [
    key,
    JSON.stringify(form),
  ] as const);
  await page.goto(home);
  await expect(page.getByRole("textbox", { name: "Prompt" })).toHaveValue(form.prompt ?? "");
  const generate = page.getByRole("button", { name: /^Generate/ });
  await expect(generate).toHaveText(/ · /);
  await generate.click();
  await expect(page).toHaveURL(/\/jobs\/job_\w+$/);
  return new URL(page.url()).pathname;
}
