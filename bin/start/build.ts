import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { AppError, isErrno } from "@/lib/errors";
import type { Row } from "../terminal";
import { withLock } from "./build-lock";
import { bundle } from "./bundle";
import { clearPlace, placeBuild, pruneBuilds } from "./place";

export const SERVER = ".next/standalone/server.js";
const STAMP = ".next/kinora-build";
/** What the web server runs in a process of its own. */
const PROGRAM = "bin/survey.ts";
const FOLDERS = ["app", "components", "inngest", "lib", "packages", "drizzle", "public"];

/**
 * Builds the web server when there is none of these sources; says whether it had to. `aside`: into a folder of its own,
 * so that a studio that runs from this checkout keeps its files. An image needs one build alone, in Next's own place.
 */
export async function buildWhenChanged(
  row: Row,
  logs: string,
  signal: AbortSignal,
  { aside = true } = {},
): Promise<boolean> {
  if (await isBuilt()) return false;
  const waiting = () => row.say("waiting for another start that builds");
  return withLock(
    "dist/build.lock",
    async () => {
      const hash = await hashSources();
      if (await isBuilt(hash)) return false;
      row.say("building the studio, once (about half a minute)");
      await rm(STAMP, { force: true });
      await clearPlace();
      await runBuild(row, join(logs, "build.log"), signal);
      await completeStandalone();
      if (aside) await placeBuild(`${hash.slice(0, 12)}-${Date.now().toString(36)}`);
      // Sources that changed meanwhile are built at the next start.
      if ((await hashSources()) === hash) await writeFile(STAMP, hash);
      await pruneBuilds();
      return true;
    },
    { waiting, signal },
  );
}

/** Whether the web server is there, built from these very sources. */
export async function isBuilt(hash?: string): Promise<boolean> {
  const built = await readFile(STAMP, "utf8").catch(absent);
  if (!built || !(await stat(SERVER).catch(absent))) return false;
  return built === (hash ?? (await hashSources()));
}

/** The standalone server is traced without what browsers load, and without the program it runs: put them beside. */
async function completeStandalone(): Promise<void> {
  await rm(".next/standalone/.next/static", { recursive: true, force: true });
  await cp(".next/static", ".next/standalone/.next/static", { recursive: true });
  if (await stat("public").catch(() => null))
    await cp("public", ".next/standalone/public", { recursive: true });
  await bundle([PROGRAM], ".next/standalone/dist");
}

/** By content: a fresh checkout of the same sources needs no new build. */
export async function hashSources(root = "."): Promise<string> {
  const listed = await Promise.all(FOLDERS.map((folder) => listFiles(join(root, folder))));
  const files = [...(await listSettings(root)), join(root, PROGRAM), ...listed.flat()];
  const hash = createHash("sha256").update(process.version.split(".")[0] ?? "");
  for (const file of files.filter((name) => !/\.test\.tsx?$/.test(name)).sort()) {
    const content = await readFile(file).catch(absent);
    if (content) hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** What stands at the top, whatever Next reads of it: package.json, next.config.ts, proxy.ts, … */
async function listSettings(root: string): Promise<string[]> {
  const names = (await readdir(root)).filter((name) => /\.(json|m?ts|mjs)$/.test(name));
  return names.filter((name) => !name.endsWith(".d.ts")).map((name) => join(root, name));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent)) ?? [];
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function absent(error: unknown): undefined {
  if (!isErrno(error, "ENOENT")) throw error;
}

async function runBuild(row: Row, logFile: string, signal: AbortSignal): Promise<void> {
  const log = createWriteStream(logFile, { mode: 0o600 });
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on("line", (line) => {
      log.write(`${line}\n`);
      if (line.trim() === "") return;
      tail.push(line);
      if (/^\s*(Creating|✓|Running|Collecting|Generating|Finalizing)/.test(line)) row.say(line.trim());
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  log.end();
  if (code === 0) return;
  throw new AppError("internal", "The studio could not be built.", {
    action: `Read ${logFile}. With less than 1 GB of free memory, build elsewhere and copy .next here.`,
    cause: new Error(tail.slice(-25).join("\n")),
  });
}
