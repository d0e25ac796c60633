import { readFile } from "node:fs/promises";
import type postgres from "postgres";
import { type Provider, providers } from "@/lib/ai";
import { countWorkers } from "@/lib/db/presence";
import { type Env, engineKind } from "@/lib/env";
import { openStorage, storageWarnings } from "@/lib/storage";
import { listOrphans } from "@/lib/studio";
import { canConnect } from "../start/children";
import type { Finding } from "./check";

export async function checkMigrations(sql: postgres.Sql): Promise<Finding> {
  const journal = JSON.parse(await readFile("drizzle/migrations/meta/_journal.json", "utf8"));
  const known: number = journal.entries.length;
  const [table] = await sql`select to_regclass('drizzle.__drizzle_migrations') as name`;
  const [row] = table?.name
    ? await sql<{ applied: number }[]>`select count(*)::int as applied from drizzle.__drizzle_migrations`
    : [{ applied: 0 }];
  const applied = row?.applied ?? 0;
  if (applied === known) return { state: "ok", detail: `All ${known} applied.` };
  if (applied < known) {
    return {
      state: "warn",
      detail: `${known - applied} of ${known} to be applied.`,
      mend: "npm run migrate",
    };
  }
  return {
    state: "fail",
    detail: `The database has ${applied}, this Kinora knows ${known}: it was made by a newer one.`,
    mend: "Start that version again, or restore a backup.",
  };
}

export async function checkEngine(config: Env, sql: postgres.Sql): Promise<Finding> {
  const workers = await countWorkers(sql);
  const count = `${workers} ${workers === 1 ? "worker" : "workers"}`;
  if (engineKind(config) === "embedded") {
    if (workers > 0) return { state: "ok", detail: `Embedded, ${count} at work.` };
    return { state: "off", detail: "Embedded, no worker runs at the moment.", mend: "npm start" };
  }
  const base = inngestUrl(config);
  const answer = await fetch(base, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
  if (!answer) {
    return {
      state: "fail",
      detail: `Inngest does not answer at ${base}.`,
      mend: "Start it, or correct INNGEST_BASE_URL or INNGEST_DEV.",
    };
  }
  if (workers > 0) return { state: "ok", detail: `Inngest at ${base}, ${count} connected.` };
  return {
    state: "warn",
    detail: `Inngest at ${base}, no worker connected.`,
    mend: canConnect()
      ? "npm run worker"
      : "Sync the app at /api/inngest, or run a worker on Node 22.4 or newer.",
  };
}

/** INNGEST_DEV may be the address of a dev server itself. */
function inngestUrl({ INNGEST_BASE_URL, INNGEST_DEV }: Env): string {
  if (INNGEST_BASE_URL) return INNGEST_BASE_URL;
  if (INNGEST_DEV?.includes("://")) return INNGEST_DEV;
  return INNGEST_DEV ? "http://localhost:8288" : "https://api.inngest.com";
}

export async function checkStorage(config: Env): Promise<Finding> {
  await openStorage(config).check();
  const where = config.S3_BUCKET_NAME ? `The bucket ${config.S3_BUCKET_NAME}` : "The folder media";
  const [warning] = storageWarnings(config);
  if (warning) return { state: "warn", detail: `${where} takes and gives files.`, mend: warning };
  return { state: "ok", detail: `${where} takes and gives files.` };
}

/** Files that no row knows of. What crashes left goes by itself after a day; the rest is for a person to judge. */
export async function checkOrphans(): Promise<Finding> {
  let files = 0;
  let bytes = 0;
  let first = "";
  for await (const file of listOrphans()) {
    files += 1;
    bytes += file.bytes;
    first ||= file.key;
  }
  if (files === 0) return { state: "ok", detail: "Every file in storage belongs to something." };
  const megabytes = `${(bytes / 1e6).toFixed(1)} MB`;
  return {
    state: "warn",
    detail: `${files} ${files === 1 ? "file" : "files"} (${megabytes}) that no row knows of, such as ${first}.`,
    mend:
      "What a crash left is deleted by itself a day after its job ended. Many after a restore: the backup is older " +
      "than they are. Of another program: give Kinora a bucket or folder of its own.",
  };
}

/** A check for every provider, first for those that need no key. */
export function providerChecks(): { name: string; ask: () => Promise<Finding> }[] {
  const free = (one: Provider) => one.keyName === undefined;
  return providers()
    .toSorted((a, b) => Number(free(b)) - Number(free(a)))
    .map((one) => ({ name: one.id, ask: () => checkProvider(one) }));
}

async function checkProvider(one: Provider): Promise<Finding> {
  if (one.configured()) return one.check(AbortSignal.timeout(20_000));
  return { state: "off", detail: "No key.", mend: `Set ${one.keyName} to use it.` };
}
