import { spawnSync } from "node:child_process";
import { findChromium, installChromium } from "./chromium";

/** Runs the browser tests where there is a browser, or says aloud that they did not run. */
const browser = findChromium() ?? (installChromium() ? findChromium() : undefined);
if (!browser) {
  console.log("\n  ! THE BROWSER TESTS DID NOT RUN: no Chromium or Chrome was found.");
  console.log(
    "    Install one (Debian: apt-get install chromium) or set CHROMIUM_BIN, then: npm run test:browser\n",
  );
  process.exit(0);
}
console.log(`\n  Browser tests with ${browser}\n`);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/@playwright/test/cli.js", "test", ...process.argv.slice(2)],
  { stdio: "inherit", env: { ...process.env, CHROMIUM_BIN: browser, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1" } },
);
process.exit(status ?? 1);
