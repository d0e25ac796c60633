import { expect, test } from "@playwright/test";

test("the studio is well, and says so to whoever asks", async ({ request }) => {
  const answer = await request.get("/healthz");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({
    ok: true,
    // In its first minute the reconciler has not looked yet.
    checks: {
      ...{ database: "ok", engine: "ok", storage: "ok", ffmpeg: "ok" },
      reconciler: expect.stringMatching(/^(ok|off)$/),
    },
  });
});

test("the first visitor is led to make the owner's account", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
});
