import { expect, test } from "@playwright/test";
import { startOwnStudio } from "./support/own-studio";

test("a studio that others can reach asks for the setup code", async ({ browser }) => {
  const open = await startOwnStudio({ HOST: "0.0.0.0", SETUP_CODE: "lantern-4711" });
  try {
    const visitor = await browser.newPage({ baseURL: open.url });
    await visitor.goto("/");
    await visitor.getByLabel("Your name").fill("Olive Owner");
    await visitor.getByLabel("E-mail").fill("olive@example.com");
    await visitor.getByLabel("Password", { exact: true }).fill("a lantern in the window");
    await visitor.getByLabel("Workspace").fill("Studio");
    await visitor.getByLabel("Setup code").fill("guess");
    await visitor.getByRole("button", { name: "Open the studio" }).click();
    await expect(visitor.getByText("This is not the code printed in the terminal.")).toBeVisible();
    await visitor.getByLabel("Setup code").fill("lantern-4711");
    await visitor.getByRole("button", { name: "Open the studio" }).click();
    await expect(visitor).toHaveURL(/\/w\/studio$/);
    await visitor.close();
  } finally {
    await open.stop();
  }
});
