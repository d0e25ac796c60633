import { mkdir } from "node:fs/promises";
import { buildWhenChanged } from "./start/build";
import { bundle } from "./start/bundle";
import { runMain, say, stage } from "./terminal";

/** Builds the web server; with --programs also the worker and the tools, each as one file that needs no tsx. */
await runMain(async () => {
  const logs = ".next/logs";
  await mkdir(logs, { recursive: true });
  await stage("Web", async (row) => {
    const aside = !process.argv.includes("--programs");
    const built = await buildWhenChanged(row, logs, new AbortController().signal, { aside });
    return [undefined, built ? "done" : "up to date"];
  });
  if (process.argv.includes("--programs")) {
    await stage("Programs", async () => {
      await bundlePrograms();
      return [undefined, "dist/"];
    });
  }
  say();
});

function bundlePrograms(): Promise<void> {
  const programs = ["bin/worker.ts", "bin/migrate.ts", "bin/doctor.ts", "bin/reset-password.ts"];
  // Not a program: the worker starts it as a thread, from beside itself.
  return bundle([...programs, "packages/inngest-postgres/src/keeper-thread.mjs"], "dist");
}
