import { defineConfig } from "vitest/config";

// What tsconfig.json calls @/… and @kinora/…
const resolve = { tsconfigPaths: true };

// One file per npm script, for .ci/run to add up.
const resultsFile = `test-results/${(process.env.npm_lifecycle_event ?? "vitest").replace(":", "-")}.json`;

const integration = {
  // Other processes share the machine there. What passes only at the second try is named at the end.
  retry: process.env.CI ? 1 : 0,
  expect: { poll: { timeout: 20_000 } },
  setupFiles: ["tests/support/clean-env.ts"],
  globalSetup: ["tests/support/global-setup.ts"],
  testTimeout: 120_000,
  hookTimeout: 120_000,
  // Much of their time is waiting: for engines, databases and timers.
  maxWorkers: 3,
};

/** Unit tests stand beside the code; what crosses rooms or needs a real service is in tests/. */
export default defineConfig({
  resolve,
  test: {
    reporters: process.env.CI
      ? [
          "default",
          ["json", { outputFile: resultsFile }],
          ["./tests/support/second-tries.ts", { resultsFile }],
        ]
      : ["default"],
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["{lib,inngest,components,app,bin,bench,packages}/**/*.test.{ts,tsx}"],
          setupFiles: ["tests/support/clean-env.ts"],
          testTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        resolve,
        test: {
          ...integration,
          name: "integration",
          include: ["tests/integration/**/*.test.ts"],
          provide: { share: "today's third" as const },
        },
      },
      {
        resolve,
        test: {
          ...integration,
          name: "walk",
          include: ["tests/integration/paid-path*.test.ts"],
          provide: { share: "whole" as const },
        },
      },
    ],
  },
});
