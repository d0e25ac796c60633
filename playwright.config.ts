import { defineConfig } from "@playwright/test";

/** Run by tests/browser/run.ts, which finds the browser. */
export default defineConfig({
  testDir: "tests/browser",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/browser/global-setup.ts",
  outputDir: "test-results/browser",
  // One studio, one after another: specs begin on what the ones before them made.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  // What passes only at the second try is counted as such.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.CI ? [["list"], ["json", { outputFile: "test-results/browser.json" }]] : [["list"]],
  use: {
    // Evaluated again in the workers, once the studio runs.
    baseURL: process.env.KINORA_TEST_URL,
    viewport: { width: 1280, height: 800 },
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_BIN,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
