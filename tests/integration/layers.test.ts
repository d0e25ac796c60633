import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Every rule of the house broken once: where, by which line, and which lint rule must see it. */
const FORBIDDEN: [file: string, line: string, rule: string][] = [
  ["lib/media/seed-1.ts", 'import { log } from "@/lib/log";', "noRestrictedImports"],
  ["lib/media/seed-2.ts", 'import { log } from "../log";', "noRestrictedImports"],
  ["lib/media/deep/seed.ts", 'import { log } from "../../log";', "noRestrictedImports"],
  ["lib/ai/seed-1.ts", 'import { storage } from "@/lib/storage";', "noRestrictedImports"],
  ["lib/ai/draft/seed.ts", 'import { storage } from "@/lib/storage";', "noRestrictedImports"],
  ["lib/ai/openai/seed.ts", 'import { probe } from "@/lib/media";', "noRestrictedImports"],
  ["lib/ai/seed-2.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["lib/storage/seed-1.ts", 'import { createAsset } from "@/lib/assets";', "noRestrictedImports"],
  ["lib/storage/s3/seed.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["lib/jobs/seed-1.ts", 'import { createAsset } from "@/lib/assets";', "noRestrictedImports"],
  ["lib/assets/seed-1.ts", 'import { hold } from "@/lib/budget";', "noRestrictedImports"],
  ["lib/budget/seed-1.ts", 'import { requireCaller } from "@/lib/auth";', "noRestrictedImports"],
  ["lib/auth/seed-1.ts", 'import { x } from "@/lib/workspaces";', "noRestrictedImports"],
  ["lib/workspaces/seed-1.ts", 'import { x } from "../jobs";', "noRestrictedImports"],
  ["lib/jobs/seed-2.ts", 'import { inngest } from "@/inngest";', "noRestrictedImports"],
  ["lib/jobs/seed-3.ts", 'const late = await import("@/lib/studio");', "noRestrictedImports"],
  ["lib/studio/seed-1.ts", 'import { begin } from "@/lib/ai/openai/client";', "noRestrictedImports"],
  ["lib/studio/seed-2.ts", 'import { endpoint } from "@/lib/http/endpoint";', "noRestrictedImports"],
  ["lib/studio/seed-3.ts", 'import Replicate from "replicate";', "noRestrictedImports"],
  ["lib/http/seed-1.ts", 'import OpenAI from "openai";', "noRestrictedImports"],
  ["lib/http/seed-2.ts", 'import { S3Client } from "@aws-sdk/client-s3";', "noRestrictedImports"],
  ["inngest/seed-1.ts", 'import { models } from "@/lib/ai";', "noRestrictedImports"],
  ["inngest/seed-2.ts", 'import { probe } from "@/lib/media";', "noRestrictedImports"],
  ["inngest/seed-3.ts", 'import { storage } from "@/lib/storage";', "noRestrictedImports"],
  ["inngest/seed-4.ts", 'import { sql } from "drizzle-orm";', "noRestrictedImports"],
  ["inngest/pipelines/seed.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["app/seed-1.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["app/seed-2.ts", 'import { eq } from "drizzle-orm";', "noRestrictedImports"],
  ["app/seed-3.ts", 'import { models } from "@/lib/ai";', "noRestrictedImports"],
  ["app/api/seed.ts", 'import { probe } from "@/lib/media";', "noRestrictedImports"],
  ["app/seed-4.ts", 'import { x } from "@/lib/jobs/queries";', "noRestrictedImports"],
  ["app/seed-5.ts", 'import { db } from "../lib/db";', "noRestrictedImports"],
  ["app/seed-6.ts", 'import { x } from "@/inngest/pipelines/animated-picture";', "noRestrictedImports"],
  ["components/seed-1.tsx", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["components/ui/seed.tsx", 'import { listJobs } from "@/lib/jobs";', "noRestrictedImports"],
  ["components/seed-2.tsx", 'import { env } from "@/lib/env";', "noRestrictedImports"],
  ["packages/inngest-postgres/src/seed.ts", 'import { log } from "@/lib/log";', "noRestrictedImports"],
  [
    "packages/inngest-postgres/conformance/seed.ts",
    'import { x } from "../../painter/src";',
    "noRestrictedImports",
  ],
  ["lib/embedded/postgres/seed.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["lib/seed-1.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["lib/telemetry/seed.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["lib/db/seed.ts", 'import { listJobs } from "@/lib/jobs";', "noRestrictedImports"],
  ["packages/painter/src/seed-1.ts", 'import { Ratio } from "@/lib/jobs/schema";', "noRestrictedImports"],
  ["packages/painter/src/seed-2.ts", 'import { probe } from "../../../lib/media";', "noRestrictedImports"],
  ["packages/painter/src/city/seed.ts", 'import { x } from "../../../other/src";', "noRestrictedImports"],
  ["packages/painter/src/seed-3.ts", 'import { inngest } from "@kinora/other";', "noRestrictedImports"],
  ["packages/painter/src/seed-4.ts", 'import postgres from "postgres";', "noUndeclaredDependencies"],
  ["packages/painter/src/seed.test.ts", 'import { db } from "@/lib/db";', "noRestrictedImports"],
  ["lib/jobs/seed-4.ts", "export const key = process.env.OPENAI_API_KEY;", "noProcessEnv"],
  ["lib/ai/seed-3.ts", 'import { env } from "node:process";\nexport const key = env.HOME;', "noProcessEnv"],
  ["app/seed-7.ts", "export const home = process.env.KINORA_HOME;", "noProcessEnv"],
  ["lib/jobs/seed-5.ts", 'import { b } from "./seed-6";\nexport const a = () => b;', "noImportCycles"],
  ["lib/jobs/seed-6.ts", 'import { a } from "./seed-5";\nexport const b = () => a;', "noImportCycles"],
];

/** What the rules must let through, lest they forbid everything. */
const ALLOWED: [file: string, line: string][] = [
  ["lib/media/fine.ts", 'import { probe } from "./probe";'],
  ["lib/ai/openai/fine.ts", 'import OpenAI from "openai";'],
  ["lib/ai/draft/fine.ts", 'import { probe } from "@/lib/media";'],
  ["lib/storage/s3/fine.ts", 'import { S3Client } from "@aws-sdk/client-s3";'],
  ["lib/jobs/fine.ts", 'import { db } from "@/lib/db";\nimport type { Caller } from "@/lib/auth/caller";'],
  ["lib/studio/fine.ts", 'import { models } from "@/lib/ai";\nimport { storage } from "@/lib/storage";'],
  ["inngest/pipelines/fine.ts", 'import { studio } from "@/lib/studio";'],
  ["app/fine.ts", 'import { listJobs } from "@/lib/jobs";\nimport { endpoint } from "@/lib/http/endpoint";'],
  ["components/fine.tsx", 'import { RATIOS } from "@/lib/jobs/schema";'],
  ["packages/inngest-postgres/src/fine.ts", 'import { Inngest } from "inngest";'],
  ["lib/ai/draft/fine-2.ts", 'import { drawPicture } from "@kinora/painter";'],
  ["packages/painter/src/fine.ts", 'import sharp from "sharp";\nimport { x } from "./city";'],
  ["bin/fine.ts", "export const home = process.env.HOME;"],
];

const root = process.cwd();
let tree: string;
/** Lint rules seen per file. */
let seen: Map<string, string[]>;

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), "kinora-layers-"));
  for (const part of [
    "lib",
    "packages",
    "inngest",
    "app",
    "components",
    "drizzle",
    "biome.jsonc",
    "tsconfig.json",
    "package.json",
  ]) {
    await cp(join(root, part), join(tree, part), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(tree, "node_modules"));
  for (const [file, content] of [...FORBIDDEN, ...ALLOWED]) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), `${content}\n`);
  }
  seen = await lint();
});

afterAll(() => rm(tree, { recursive: true, force: true }));

async function lint(): Promise<Map<string, string[]>> {
  const biome = join(root, "node_modules/.bin/biome");
  const flags = [
    "--reporter=json",
    "--max-diagnostics=none",
    "--vcs-enabled=false",
    "--diagnostic-level=error",
  ];
  const { stdout } = await execa(biome, ["lint", ...flags, "."], { cwd: tree, reject: false });
  const report: { diagnostics: { category: string; location: { path: string | { file: string } } }[] } =
    JSON.parse(stdout);
  const found = new Map<string, string[]>();
  for (const { category, location } of report.diagnostics) {
    const path = typeof location.path === "string" ? location.path : location.path.file;
    const file = path.replace(/^\.\//, "");
    found.set(file, [...(found.get(file) ?? []), category.split("/").at(-1) ?? category]);
  }
  return found;
}

const WATCHED = ["noRestrictedImports", "noUndeclaredDependencies", "noProcessEnv", "noImportCycles"];

describe("the layers", () => {
  it.each(FORBIDDEN)("forbid in %s: %s", (file, _line, rule) => {
    expect(seen.get(file)).toContain(rule);
  });

  it.each(ALLOWED)("allow in %s: %s", (file) => {
    expect((seen.get(file) ?? []).filter((rule) => WATCHED.includes(rule))).toEqual([]);
  });

  it("are kept by every file of the house", () => {
    const seeds = new Set([...FORBIDDEN, ...ALLOWED].map(([file]) => file));
    const broken = [...seen].filter(
      ([file, rules]) => !seeds.has(file) && rules.some((r) => WATCHED.includes(r)),
    );
    expect(broken).toEqual([]);
  });
});
