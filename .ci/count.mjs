// Adds up what the test runners wrote; a broken stage without a failed test (lint, types, build) counts as one.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const broken = process.argv.slice(2);
const sum = { passed: 0, failed: 0, skipped: 0 };
const files = existsSync("test-results")
  ? readdirSync("test-results").filter((name) => /^\w.*\.json$/.test(name))
  : [];

for (const file of files) {
  const report = JSON.parse(readFileSync(`test-results/${file}`, "utf8"));
  const { stats } = report;
  const passed = stats ? stats.expected + stats.flaky : report.numPassedTests;
  const failed = stats ? stats.unexpected : report.numFailedTests;
  const skipped = stats ? stats.skipped : report.numPendingTests + report.numTodoTests;
  console.log(`${file}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
  for (const name of secondTries(file, report)) console.log(`  passed only at the second try: ${name}`);
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
}
for (const stage of ["unit", "integration", "browser"]) {
  if (files.some((name) => name.includes(stage))) continue;
  console.log(`${stage} tests: no results`);
  // Without a Chromium the browser tests say aloud that they did not run; the others always can.
  if (stage !== "browser") broken.push(`${stage} tests`);
}
const unexplained = broken.filter((name) => name !== "test" || sum.failed === 0);
for (const name of broken) console.log(`broken: ${name}`);
sum.failed += unexplained.length;

/** Playwright tells them in its report, vitest by tests/support/second-tries.ts. */
function secondTries(file, report) {
  if (report.stats) return report.suites.flatMap(flakySpecs);
  const path = `test-results/${file.replace(/\.json$/, ".second-tries.txt")}`;
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
}

function flakySpecs(suite) {
  const flaky = suite.specs.filter((spec) => spec.tests.some((test) => test.status === "flaky"));
  return [
    ...flaky.map((spec) => `${spec.file} > ${spec.title}`),
    ...(suite.suites ?? []).flatMap(flakySpecs),
  ];
}

console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
